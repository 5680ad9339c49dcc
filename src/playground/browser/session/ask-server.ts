/** An operation, as GraphQL is asked over HTTP. */
export interface Asked {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null | undefined;
}

/** What an operation came to. */
export interface Answer<Data = unknown> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** The server has not answered, or somebody between has answered instead. */
export class ServerAway extends Error {
  override readonly name = 'ServerAway';
  constructor() {
    super('The server does not answer. Try again in a moment.');
  }
}

/** Asks this server. Throws ServerAway when nothing comes back that GraphQL could have said. */
export async function askServer<Data>(asked: Asked, headers: Readonly<Record<string, string>>): Promise<Answer<Data>> {
  try {
    const response = await fetch(location.pathname, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(asked),
    });
    return (await response.json()) as Answer<Data>;
  } catch {
    throw new ServerAway();
  }
}

/** Whether an answer says that the credentials do not hold. */
export function isUnauthenticated({ errors }: Answer): boolean {
  return errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED') ?? false;
}
