import { Random } from '../random';
import { FIRST_CUSTOMER_EMAIL } from './customer';
import { Customers } from './customers';

const END = Date.UTC(2026, 5, 1);
const drafts = (size: number, seed = 1) => {
  const customers = new Customers(Random.of(seed), size, END);
  return Array.from({ length: size }, (_, i) => customers.draft(i));
};

describe('Customers', () => {
  const all = drafts(800);

  it('are the same for the same seed, and those of a smaller shop come first', () => {
    expect(drafts(800)).toEqual(all);
    expect(drafts(100)).toEqual(all.slice(0, 100));
    expect(drafts(100, 2)).not.toEqual(all.slice(0, 100));
  });

  it('have addresses nobody can be reached at, all different', () => {
    const emails = all.map(customer => customer.emailAddress);
    expect(new Set(emails).size).toBe(emails.length);
    for (const email of emails) expect(email).toMatch(/^[a-z.0-9-]+@example\.(com|org|net)$/);
    for (const { phoneNumber } of all) expect(phoneNumber).toMatch(/^\+1 \d{3} 555 01\d\d$/);
    expect(all[0]).toMatchObject({ emailAddress: FIRST_CUSTOMER_EMAIL, registered: true });
  });

  it('are guests now and then, who tell nothing about themselves', () => {
    const guests = all.filter(customer => !customer.registered);
    expect(guests.length).toBe(100);
    for (const guest of guests) expect(guest).not.toHaveProperty('birthDate');
    for (const guest of guests) expect(guest).not.toHaveProperty('gender');
  });

  it('tell their gender or birth date often, but not always, and are of age', () => {
    const registered = all.filter(customer => customer.registered);
    const share = (key: 'gender' | 'birthDate') =>
      registered.filter(customer => customer[key] !== undefined).length / registered.length;
    expect(share('gender')).toBeGreaterThan(0.5);
    expect(share('gender')).toBeLessThan(0.7);
    expect(share('birthDate')).toBeGreaterThan(0.45);
    expect(share('birthDate')).toBeLessThan(0.65);
    for (const { age } of all) expect(age).toBeGreaterThanOrEqual(18);
  });

  it('have one or two complete addresses', () => {
    for (const { addresses } of all) {
      expect([1, 2]).toContain(addresses.length);
      for (const address of addresses) {
        expect(address.streetLine1).not.toBe('');
        expect(address.city).not.toBe('');
        expect(address.postalCode).not.toContain('#');
      }
    }
  });
});
