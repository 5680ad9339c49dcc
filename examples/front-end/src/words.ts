/** The languages of the page's own words. */
export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The page's own words. */
export const WORDS = {
  fr: {
    by: 'Par',
    more: 'Plus d’articles',
    none: 'Rien trouvé.',
    onlyIn: 'Ce texte n’existe pas en français.',
    origin: 'D’abord paru chez',
    rights: 'Droits',
    search: 'Chercher',
    statedBy: 'Selon',
    unconfirmed: 'Le titulaire des droits ne l’a pas confirmé.',
  },
  en: {
    by: 'By',
    more: 'More articles',
    none: 'Nothing found.',
    onlyIn: 'This text is not available in English.',
    origin: 'First published by',
    rights: 'Rights',
    search: 'Search',
    statedBy: 'According to',
    unconfirmed: 'The rights holder has not confirmed it.',
  },
} as const;
