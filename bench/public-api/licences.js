/**
 * What each licence of the dataset says in the words of a reuse term. Who reserves all rights has to be asked; sharing
 * alike has no word of its own.
 */
const EVERYTHING = ['REPRODUCE', 'EXTRACT', 'TRANSLATE'];
const EVERYWHERE = ['WEB', 'COMMERCIAL_WEB', 'PRINT', 'OTHER'];
const NAMING = ['NAME_SOURCE', 'LINK_ORIGINAL', 'KEEP_COPYRIGHT_NOTICE'];

const MEANINGS = {
  'cc-by-4.0': { effect: 'PERMIT', actions: EVERYTHING, media: EVERYWHERE, duties: NAMING },
  'cc-by-sa-4.0': { effect: 'PERMIT', actions: EVERYTHING, media: EVERYWHERE, duties: NAMING },
  'cc-by-nd-4.0': {
    effect: 'PERMIT',
    actions: ['REPRODUCE'],
    media: EVERYWHERE,
    duties: [...NAMING, 'KEEP_TEXT_AND_TITLE'],
  },
  'cc-by-nc-4.0': { effect: 'PERMIT', actions: EVERYTHING, media: ['WEB', 'PRINT', 'OTHER'], duties: NAMING },
  'all-rights': { effect: 'ASK_FIRST', actions: EVERYTHING, media: EVERYWHERE, duties: [] },
};

/** The effect, actions, media and duties of a licence. Throws at one that is not known. */
export function meaningOf({ code }) {
  const meaning = MEANINGS[code];
  if (meaning === undefined) throw new Error(`What licence ${code} permits is not known`);
  return meaning;
}

/** What a contact point of the dataset is for. */
export const PURPOSES = { editorial: ['GENERAL'], rights: ['REPRODUCTION_PERMISSION'] };
