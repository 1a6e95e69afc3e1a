// The form of what names a board's port.

/** A path, or `tcp://host:port`; what begins with `tcp:` is an address and must be whole. */
export const BOARD_PORT_FORM = /^(?!tcp:).|^tcp:\/\/.+:\d{1,5}$/;
