/** All vendors of docs/vendors.md. */
import { customers } from './customers.ts';
import { developers } from './developers.ts';
import { identity } from './identity.ts';
import { identityChecks } from './identity-checks.ts';
import { paymentForms } from './payment-forms.ts';
import { payments } from './payments.ts';
import { people } from './people.ts';
import { shops } from './shops.ts';
import { tickets } from './tickets.ts';
import type { VendorGroup } from './vendor.ts';

export const vendorGroups: readonly VendorGroup[] = [
  { title: 'Identity checks', vendors: identityChecks },
  { title: 'Tickets and bookings', vendors: tickets },
  { title: 'Payments', vendors: [...payments, ...paymentForms] },
  { title: 'Shops', vendors: shops },
  { title: 'Customers and loyalty', vendors: customers },
  { title: 'Staff, learning, signatures', vendors: people },
  { title: 'Sign-in', vendors: identity },
  { title: 'Development and communication', vendors: developers },
];
