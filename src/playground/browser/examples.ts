import article from '../examples/article.graphql';
import follow from '../examples/follow.graphql';
import frontPage from '../examples/front-page.graphql';
import notices from '../examples/notices.graphql';
import rights from '../examples/rights.graphql';
import search from '../examples/search.graphql';
import wrapper from '../examples/wrapper.graphql';

/** What the playground opens with, in the order of its tabs: one operation each, that runs as it stands. */
export const EXAMPLES: readonly string[] = [article, frontPage, rights, search, notices, wrapper, follow];
