/** The in-memory stores keep the contract that the real ones keep. */
import { describe } from 'vitest';
import { itStoresIssuances } from '../contract/issuance-store.ts';
import { itStoresSlots } from '../contract/slot-store.ts';
import { InMemoryIssuances } from '../fakes/in-memory-issuances.ts';
import { InMemorySlots } from '../fakes/in-memory-slots.ts';

const issuances = new InMemoryIssuances();
const slots = new InMemorySlots();

describe('issuances in memory', () => itStoresIssuances(() => issuances));
describe('slots in memory', () => itStoresSlots(() => slots));
