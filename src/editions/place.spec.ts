import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isUuid } from '../common/cursor.js';
import { placeBefore, placeOf } from './place.js';

const day = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a place', () => {
  it('sorts by the day, and within it by the id', () => {
    fc.assert(
      fc.property(day, day, fc.uuid(), fc.uuid(), (one, other, id, otherId) => {
        const [place, otherPlace] = [placeOf(one, id), placeOf(other, otherId)];
        expect(isUuid(place)).toBe(true);
        if (one !== other) expect(place < otherPlace).toBe(one < other);
        else expect(place === otherPlace).toBe(id.slice(6) === otherId.slice(6));
      }),
    );
  });

  it('comes after the place before its day, and before that of the next', () => {
    expect(placeOf('2016-03-30', '00000000-0000-4000-8000-000000000000') > placeBefore('2016-03-30')).toBe(true);
    expect(placeOf('2016-03-30', 'ffffffff-ffff-4fff-bfff-ffffffffffff') < placeBefore('2016-03-31')).toBe(true);
    expect(placeBefore('0001-01-01')).toBe('00000000-0000-0000-0000-000000000000');
  });
});
