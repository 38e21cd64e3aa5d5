import { slugify } from '../catalogue/slugs';
import type { Random } from '../random';
import { FIRST_NAMES, LAST_NAMES, type Gender } from './names';
import { PLACES, STREETS, type Place } from './places';

const DAY_MS = 86_400_000;
const YEAR_MS = 365.25 * DAY_MS;

/** Domains that are reserved for examples (RFC 2606): no mail to a seeded customer can reach anybody. */
const DOMAINS = ['example.com', 'example.org', 'example.net'];

/** The first customer, whose login the documentation names. It shops more than most. */
export const FIRST_CUSTOMER_EMAIL = 'shopper@example.com';

/** Accounts are made over this time before the end of the history. */
const SIGN_UP_DAYS = 900;

export interface Address {
  fullName: string;
  streetLine1: string;
  streetLine2: string;
  city: string;
  province: string;
  postalCode: string;
  country: string;
  phoneNumber: string;
}

export interface CustomerDraft {
  index: number;
  /** A guest has no account and no address book. */
  registered: boolean;
  firstName: string;
  lastName: string;
  emailAddress: string;
  phoneNumber: string;
  /** For a guest the moment of the first order takes its place. */
  createdAt: number;
  /** What the customer told the shop; both are optional. */
  gender?: Gender;
  birthDate?: number;
  /** Age in years at the end of the history, told or not: it shapes what is bought. */
  age: number;
  /** The first is the default one. */
  addresses: readonly Address[];
  warehouse: Place['warehouse'];
}

/** Guests among this many customers: every eighth, but never the first. */
export function isRegistered(index: number): boolean {
  return index % 8 !== 7;
}

/** Draws one customer, from a stream of its own. */
export function draftCustomer(root: Random, index: number, end: number): CustomerDraft {
  const random = root.fork('customer', index);
  const registered = isRegistered(index);
  const gender: Gender = (['female', 'male', 'other'] as const)[random.weighted([49, 48, 3])] ?? 'other';
  const firstName = random.pick(FIRST_NAMES[gender]);
  const lastName = random.pick(LAST_NAMES);
  const age = Math.min(88, Math.max(18, 41 + 14 * random.normal()));
  const place = PLACES[random.weighted(PLACES.map(({ weight }) => weight))] as Place;
  // 555-0100 to 555-0199 are set aside for fiction.
  const phoneNumber = `+1 ${random.int(200, 989)} 555 01${random.int(10, 99)}`;
  const createdAt = end - (index === 0 ? 0.9 : random.float()) * SIGN_UP_DAYS * DAY_MS;
  const address = (): Address => ({
    fullName: `${firstName} ${lastName}`,
    streetLine1: `${random.int(1, 980)} ${random.pick(STREETS)}`,
    streetLine2: random.chance(0.2) ? `Apt ${random.int(1, 40)}` : '',
    city: place.city,
    province: place.province,
    postalCode: place.postalCode.replace(/#/g, () => String(random.int(0, 9))),
    country: place.country,
    phoneNumber,
  });
  const addresses = [address(), ...(registered && random.chance(0.25) ? [address()] : [])];
  const tellsGender = registered && random.chance(0.6);
  const tellsBirthDate = registered && random.chance(0.55);
  return {
    index,
    registered,
    firstName,
    lastName,
    emailAddress:
      index === 0
        ? FIRST_CUSTOMER_EMAIL
        : `${slugify(firstName)}.${slugify(lastName)}.${index + 1}@${random.pick(DOMAINS)}`,
    phoneNumber,
    createdAt,
    ...(tellsGender ? { gender } : {}),
    ...(tellsBirthDate ? { birthDate: Math.floor((end - age * YEAR_MS) / DAY_MS) * DAY_MS } : {}),
    age,
    addresses,
    warehouse: place.warehouse,
  };
}
