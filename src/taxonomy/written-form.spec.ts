import { expect, it } from '@jest/globals';
import { writtenForm } from './written-form.js';

it('is the same for labels that differ in case, accents and punctuation', () => {
  expect(writtenForm(' ÉCONOMIE,  mondiale')).toBe(writtenForm('Economie mondiale'));
});

it('keeps labels of signs alone apart', () => {
  expect(writtenForm('+++')).not.toBe(writtenForm('!!!'));
  expect(writtenForm('+++')).not.toBe('');
});
