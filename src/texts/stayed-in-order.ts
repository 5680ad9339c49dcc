/** The most of these that are in the same order before and after: the others were moved. */
export function stayedInOrder(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const places = new Map(before.map((id, i) => [id, i]));
  const common = after.filter((id) => places.has(id));
  const placeOf = (id: string | undefined): number => (id === undefined ? -1 : (places.get(id) ?? -1));
  // The longest increasing run of places, by the last of each length.
  const lasts: string[] = [];
  const previous = new Map<string, string | undefined>();
  for (const id of common) {
    let [low, high] = [0, lasts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (placeOf(lasts[middle]) < placeOf(id)) low = middle + 1;
      else high = middle;
    }
    previous.set(id, lasts[low - 1]);
    lasts[low] = id;
  }
  const stayed = new Set<string>();
  for (let id = lasts.at(-1); id !== undefined; id = previous.get(id)) stayed.add(id);
  return stayed;
}

/** All of the ids of two states in one order: as after, and what is gone where it stood. */
export function orderOfBoth(before: readonly string[], after: readonly string[]): string[] {
  const isAfter = new Set(after);
  const followers = new Map<string | null, string[]>();
  let last: string | null = null;
  for (const id of before) {
    if (isAfter.has(id)) last = id;
    else {
      const those = followers.get(last);
      if (those === undefined) followers.set(last, [id]);
      else those.push(id);
    }
  }
  return [...(followers.get(null) ?? []), ...after.flatMap((id) => [id, ...(followers.get(id) ?? [])])];
}
