import { BlockList, isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';

const THIS_MACHINE = new BlockList();
THIS_MACHINE.addSubnet('127.0.0.0', 8, 'ipv4');
THIS_MACHINE.addAddress('::1', 'ipv6');

const clients = new LRUCache<string, { readonly client: string | null }>({ max: 10_000 });

/**
 * Who is counted as one client: an IPv4 address, or the half of an IPv6 address that a household or a company gets.
 * Null for this machine itself: a proxy or a renderer there asks for everybody.
 */
export function clientOf(address: string): string | null {
  let known = clients.get(address);
  if (known === undefined) {
    known = { client: countedAs(address.replace(/^::ffff:(?=\d+\.)/i, '')) };
    clients.set(address, known);
  }
  return known.client;
}

function countedAs(address: string): string | null {
  if (!isIPv6(address)) return THIS_MACHINE.check(address, 'ipv4') ? null : address;
  if (THIS_MACHINE.check(address, 'ipv6')) return null;
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
