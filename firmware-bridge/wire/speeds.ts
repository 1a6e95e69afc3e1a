// Speeds of the serial line, in bits per second.

/** What a board runs at after every reset, and again when it has heard nothing right at another speed for 200 ms. */
export const BOOT_BAUD = 115_200;

/** What a host may ask for, fastest first: a 16 MHz board holds each within 2.1 %. */
export const SPEEDS: readonly number[] = [1_000_000, 500_000, 250_000, 115_200, 57_600];
