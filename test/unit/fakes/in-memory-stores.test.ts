/** The in-memory stores keep the contract that the real ones keep. */
import { describe } from 'vitest';
import { itErases } from '../../contract/erasure.ts';
import { itStoresIssuances } from '../../contract/issuance-store.ts';
import { itStoresSlots } from '../../contract/slot-store.ts';
import { InMemoryErasure } from '../../fakes/in-memory-erasure.ts';
import { InMemoryFacts } from '../../fakes/in-memory-facts.ts';
import { InMemoryIssuances } from '../../fakes/in-memory-issuances.ts';
import { InMemorySlots } from '../../fakes/in-memory-slots.ts';

const issuances = new InMemoryIssuances();
const slots = new InMemorySlots();
const facts = new InMemoryFacts();
const erasure = new InMemoryErasure(issuances, slots, facts);

describe('issuances in memory', () => itStoresIssuances(() => issuances));
describe('slots in memory', () => itStoresSlots(() => slots));
describe('in memory', () => itErases(() => ({ erasure, store: issuances, slots, facts })));
