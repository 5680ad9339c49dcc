/**
 * Loaded before the product (`node --import`), so that its process believes in another time than Postgres does: DRILL_CLOCK
 * is by how many seconds, or `back` for a clock that is right for a while and then jumps back by an hour.
 */
const RightDate = globalThis.Date;
const rightNow = RightDate.now.bind(RightDate);
const wish = process.env.DRILL_CLOCK ?? '0';

const RIGHT_FOR_MS = 12_000;
const startedAt = performance.now();

function shiftMs() {
  if (wish !== 'back') return Number(wish) * 1000;
  return performance.now() - startedAt < RIGHT_FOR_MS ? 0 : -3_600_000;
}

const now = () => rightNow() + shiftMs();
RightDate.now = now;
globalThis.Date = new Proxy(RightDate, {
  construct: (target, args, asked) => Reflect.construct(target, args.length === 0 ? [now()] : args, asked),
  apply: () => new RightDate(now()).toString(),
});
