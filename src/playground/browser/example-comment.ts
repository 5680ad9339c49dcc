/** What the comment at the top of an example says. */
export interface ExampleComment {
  readonly title: string;
  readonly rest: string;
  /** The permissions of which any will do; none for what everybody may. */
  readonly takes: readonly string[];
}

/** Reads the comment: a title, then what it shows, then what it takes. */
export function commentOf(text: string): ExampleComment {
  const [title = '', ...rest] = (/^(?:#.*\n)+/.exec(text)?.[0] ?? '')
    .split('\n')
    .map((line) => line.replace(/^# ?/, ''));
  const takes = rest.map((line) => /^Takes (.+)\.$/.exec(line)?.[1]).find((found) => found !== undefined);
  return {
    title: title.replace(/\.$/, ''),
    rest: rest
      .filter((line) => !/^(?:Press|Takes) /.test(line))
      .join(' ')
      .trim(),
    takes: takes?.split(' or ') ?? [],
  };
}
