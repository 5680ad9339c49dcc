/** The lines of a publisher's page around an article, in the order in which the page has them. */
export const LINE_ROLES = [
  'BYLINE',
  'DATELINE',
  'ORIGIN_LINE',
  'REGION_LINE',
  'THEME_LINE',
  'REPORT_LINE',
  'ORIGINAL_LINE',
  'TRANSLATOR_LINE',
  'FIRST_PUBLISHED_LINE',
  'SOURCE_STATEMENT',
  'COPYRIGHT_LINE',
  'CREDITS_LINE',
] as const;

export type LineRole = (typeof LINE_ROLES)[number];

/** The lines that a wrapper may leave out, since many publishers' pages have none like it. */
export const OPTIONAL_ROLES = ['REPORT_LINE', 'ORIGINAL_LINE', 'TRANSLATOR_LINE', 'FIRST_PUBLISHED_LINE'] as const;

export type OptionalRole = (typeof OPTIONAL_ROLES)[number];

/** The lines that stand between the headline and the text. */
export const HEADER_ROLES: ReadonlySet<LineRole> = new Set<LineRole>([
  'BYLINE',
  'DATELINE',
  'ORIGIN_LINE',
  'REGION_LINE',
  'THEME_LINE',
  'REPORT_LINE',
]);

/** The lines that stand above the text on one page and below it on another; all that are left stand below it. */
export const ROVING_ROLES: ReadonlySet<LineRole> = new Set<LineRole>([
  'ORIGINAL_LINE',
  'TRANSLATOR_LINE',
  'FIRST_PUBLISHED_LINE',
]);
