import { describe, expect, it } from '@jest/globals';
import { isPublicAddress, lookupPublic, PrivateAddressError } from './public-address.js';

describe('an address of the public internet', () => {
  it.each(['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '::ffff:93.184.215.14'])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine', '127.8.9.10'],
    ['this machine', '::1'],
    ['this machine, in IPv6’s clothes', '::ffff:127.0.0.1'],
    ['no address', '0.0.0.0'],
    ['no address', '::'],
    ['a private network', '10.0.0.1'],
    ['a private network', '172.16.5.4'],
    ['a private network', '192.168.1.1'],
    ['a private network', 'fd00::1'],
    ['a carrier’s network', '100.64.0.1'],
    ['the link, where clouds keep their secrets', '169.254.169.254'],
    ['the link', 'fe80::1'],
    ['many at once', '224.0.0.1'],
    ['everybody here', '255.255.255.255'],
    ['a gateway to IPv4', '64:ff9b::7f00:1'],
    ['a tunnel to IPv4', '2002:7f00:1::'],
    ['nothing', 'localhost'],
  ])('is not %s: %s', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

it('a name of this machine is not looked up to the end', async () => {
  const error = await new Promise((resolve) => {
    lookupPublic('localhost', {}, resolve);
  });
  expect(error).toBeInstanceOf(PrivateAddressError);
});
