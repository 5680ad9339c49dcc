/**
 * Tells whether a Host header can stand in an address: others build addresses from it. Nearly all requests have the same,
 * so that the last sound one is remembered.
 */
export function hostCheck(): (host: string) => boolean {
  let last = '';
  return (host) => {
    if (host !== last) {
      if (!URL.canParse(`http://${host}/`)) return false;
      last = host;
    }
    return true;
  };
}
