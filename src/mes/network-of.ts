// Who is told apart by an address: with IPv6 one machine has a whole /64 to come from, 2^64 addresses.

const MAPPED = '::ffff:';
/** Groups of 16 bits in an address, and those of them that say which /64 it is in. */
const GROUPS = 8;
const NETWORK_GROUPS = 4;

/** @param address as the operating system writes it, with a zone where it has one
 * @returns of IPv4 the address itself, also where IPv6 maps it; of IPv6 the /64 that it is in */
export function networkOf(address: string): string {
  const mapped = address.startsWith(MAPPED) ? address.slice(MAPPED.length) : '';
  if (mapped.includes('.')) return mapped;
  if (!address.includes(':')) return address;
  const [written = '', zone] = address.split('%');
  const [head = [], tail = []] = written.split('::').map(groupsOf);
  const left = Array.from({ length: Math.max(0, GROUPS - head.length - tail.length) }, () => '0');
  const network = [...head, ...left, ...tail].slice(0, NETWORK_GROUPS).join(':');
  return `${network}::/64${zone === undefined ? '' : `%${zone}`}`;
}

/** An IPv4 address at the end stands for two groups. */
function groupsOf(text: string): readonly string[] {
  return text.split(':').flatMap((group) => (group === '' ? [] : group.includes('.') ? [group, ''] : [group]));
}
