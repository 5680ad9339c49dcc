import { createHash } from 'node:crypto';

/** The namespace of Colophon's own names. */
const NAMESPACE = Buffer.from('7d0c1c5c8a4b4f0e9b1a3f6f2c5d7e90', 'hex');

/**
 * The id of a thing that is known by its names: the same names give the same id in every database.
 * Source: RFC 9562, section 5.5 (UUID version 5). Names are kept apart: `a`, `bc` is not `ab`, `c`.
 */
export function nameBasedId(kind: string, ...names: readonly (string | number)[]): string {
  const bytes = createHash('sha1')
    .update(NAMESPACE)
    .update(JSON.stringify([kind, ...names]))
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
