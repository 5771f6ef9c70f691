/** The list of replaced words is found in whole words only, over line ends, and says what to write. */
import { expect, test } from 'vitest';
import { complaints } from '../../../tools/checks/words.ts';

test.each([
  ['This can not be.', 'a.md:1: "can not": write cannot'],
  ['one\ntwo kept For Ever', 'a.md:2: "For Ever": write forever, or permanently'],
  ['/** It can\n * not be. */', 'a.md:1: "can * not": write cannot'],
])('%j is found', (text, complaint) => {
  expect(complaints('a.md', text)).toEqual([complaint]);
});

test.each([
  'A cannot; forever; indoors; submit-trouble.test.ts; canny',
  "message: Secrets Manager can't find the secret",
])('%j is left alone', (text) => {
  expect(complaints('a.md', text)).toEqual([]);
});
