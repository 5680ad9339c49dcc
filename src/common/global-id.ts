/** What a global id names: a type of the schema and the id of one of its objects. */
export interface GlobalId {
  readonly type: string;
  readonly id: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Makes the opaque id by which `node` finds an object again. Source: Relay, Global Object Identification. */
export function toGlobalId(type: string, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}

/** Reads an opaque id, or null for one that this server never gave out. */
export function fromGlobalId(globalId: string): GlobalId | null {
  if (!/^[\w-]{1,200}$/.test(globalId)) return null;
  const text = Buffer.from(globalId, 'base64url').toString('utf8');
  const colon = text.indexOf(':');
  const type = text.slice(0, colon);
  const id = text.slice(colon + 1);
  if (!/^[A-Z]\w*$/.test(type) || !UUID.test(id) || toGlobalId(type, id) !== globalId) return null;
  return { type, id };
}

/** What a global id names, of one type; null for whatever names nothing of that type. */
export function idOf(type: string, globalId: string): string | null {
  const named = fromGlobalId(globalId);
  return named?.type === type ? named.id : null;
}
