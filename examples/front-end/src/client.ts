import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';

/** Lists are one list to the cache for each of these arguments; pages of it are put together. */
const LISTS = {
  articles: relayStylePagination(['languages', 'fallback', 'filter', 'orderBy']),
  search: relayStylePagination(['text', 'languages', 'fallback', 'filter']),
};

/** A client of the API at this address. */
export function createClient(uri: string): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri, useGETForQueries: true }),
    cache: new InMemoryCache({ typePolicies: { Query: { fields: LISTS } } }),
  });
}
