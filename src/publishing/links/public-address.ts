import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A link that leads into a network that is not everybody's: it is not followed. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';

  constructor() {
    super('leads to an address that is not public');
  }
}

/** Whether an IP address is one of the public internet: neither this machine's, nor a private network's, nor kept for anything. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address that is written as an IPv6 one is looked at as what it is.
  return ipaddr.process(address).range() === 'unicast';
}

/**
 * Looks a host up as `node:dns` does, and fails with PrivateAddressError when any address of it is not public. The
 * connection is made to just these addresses: a name that is another's a moment later leads nowhere else.
 */
export const lookupPublic: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    const addresses: LookupAddress[] = error === null ? found : [];
    const [first] = addresses;
    if (error !== null) callback(error, '');
    else if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address)))
      callback(new PrivateAddressError(), '');
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
