import { type ReactElement, type SubmitEvent, useEffect, useState } from 'react';
import { session } from '../session/session.js';
import { LIST, type ListedArticle } from './about.js';
import { choose, chooseLanguage, chooseNone, useChosen } from './chosen-article.js';

/** A headline is searched by three characters or more. */
const SEARCHED_MIN = 3;

/** Lists articles of the desk, by their headlines, and shows the one that the examples are about. */
export function ArticleChooser(): ReactElement {
  const chosen = useChosen();
  useEffect(() => chooseNone, []);
  return (
    <div className="chooser">
      <h3>An article to work with</h3>
      {chosen === null ? <ArticleSearch /> : <ChosenArticle />}
    </div>
  );
}

function ArticleSearch(): ReactElement {
  const [words, setWords] = useState('');
  const found = useArticles(words.trim());
  return (
    <>
      <label>
        Words of its headline
        <input
          type="search"
          value={words}
          onChange={({ target }) => {
            setWords(target.value);
          }}
          placeholder="three letters or more"
        />
      </label>
      {found?.length === 0 && <p className="aside">Nothing has that in its headline.</p>}
      <ul className="found">
        {found?.map((article) => (
          <li key={article.id}>
            <button type="button" onClick={() => void choose(article.id)}>
              <strong>{headlineOf(article)}</strong>
              <span>
                {article.translations.map(({ language, state }) => `${language} ${inWords(state)}`).join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The articles that were changed last, of those with these words; null while none are known. */
function useArticles(words: string): readonly ListedArticle[] | null {
  const [found, setFound] = useState<readonly ListedArticle[] | null>(null);
  useEffect(() => {
    let isMeant = true;
    const filter = words.length < SEARCHED_MIN ? null : { headline: words };
    const search = async (): Promise<void> => {
      const articles = await session.find<{ desk: { articles: { edges: { node: ListedArticle }[] } } | null }>(LIST, {
        filter,
      });
      if (isMeant) setFound(articles?.desk?.articles.edges.map(({ node }) => node) ?? null);
    };
    // Whoever types goes on typing.
    const timer = setTimeout(() => void search(), 250);
    return () => {
      isMeant = false;
      clearTimeout(timer);
    };
  }, [words]);
  return found;
}

function ChosenArticle(): ReactElement | null {
  const chosen = useChosen();
  if (chosen === null) return null;
  const { article, language, text } = chosen;
  const languages = article.translations.map((one) => one.language);
  return (
    <>
      <p className="chosen">
        <strong>{headlineOf(article)}</strong>
        <button type="button" onClick={chooseNone}>
          Another
        </button>
      </p>
      {article.withdrawal !== null && <p className="aside">Withdrawn: readers get none of it.</p>}
      <div className="languages" role="group" aria-label="Language">
        {[...languages, ...(text === null ? [language] : [])].map((one) => (
          <button key={one} type="button" aria-pressed={one === language} onClick={() => void chooseLanguage(one)}>
            <strong>{one}</strong> {standingOf(article, one)}
          </button>
        ))}
        <form onSubmit={addLanguage}>
          <input
            name="language"
            aria-label="Another language"
            placeholder="new: de"
            pattern="[A-Za-z0-9\-]+"
            required
          />
          <button type="submit">Choose</button>
        </form>
      </div>
    </>
  );
}

function addLanguage(event: SubmitEvent<HTMLFormElement>): void {
  event.preventDefault();
  const said = new FormData(event.currentTarget).get('language');
  if (typeof said === 'string') void chooseLanguage(said);
  event.currentTarget.reset();
}

function headlineOf({ originalLanguage, translations }: Omit<ListedArticle, 'id'>): string {
  const original = translations.find(({ language }) => language === originalLanguage);
  return original === undefined || original.headline === '' ? 'Without a headline' : original.headline;
}

/** How far a text is, in words: `published, out of date`. */
function standingOf(article: NonNullable<ReturnType<typeof useChosen>>['article'], language: string): string {
  const text = article.translations.find((one) => one.language === language);
  if (text === undefined) return 'no text yet';
  const { state, isUnsaved, isOutdated, isPublished, isOriginal } = text;
  return [
    inWords(state),
    isOriginal && 'the original',
    isUnsaved && 'unsaved text in hand',
    isOutdated && 'out of date',
    isPublished && state !== 'PUBLISHED' && 'an earlier revision is published',
  ]
    .filter((part) => part !== false)
    .join(', ');
}

function inWords(state: string): string {
  return state.toLowerCase();
}
