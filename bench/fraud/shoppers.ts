/**
 * Who pays in the benchmark. The past and the payments that are measured draw from the same crowd: most people buy a few
 * times, some networks (those of mobile operators) have thousands.
 */
export interface Crowd {
  readonly people: number;
  readonly networks: number;
}

export function crowdOf(attempts: number): Crowd {
  return {
    people: Math.max(100, Math.round(attempts / 4)),
    networks: Math.max(50, Math.round(attempts / 10)),
  };
}

/** How uneven: the share of attempts of the busiest n of all networks is (n / all) ^ (1 / NETWORK_SKEW). */
export const PEOPLE_SKEW = 1.3;
export const NETWORK_SKEW = 1.5;

export interface Shopper {
  readonly person: number;
  readonly email: string;
  readonly ip: string;
  readonly device: string;
  readonly card: string;
  readonly street: string;
}

/** The same texts as `pastAttemptsSql` makes. */
export function shopperOf({ people, networks }: Crowd, random: () => number): Shopper {
  const person = 1 + Math.floor(random() ** PEOPLE_SKEW * people);
  const network = Math.floor(random() ** NETWORK_SKEW * networks);
  const host = 1 + Math.floor(random() * 3);
  return {
    person,
    email: `person${person}@example.com`,
    ip: `${60 + Math.floor(network / 65_536)}.${Math.floor(network / 256) % 256}.${network % 256}.${host}`,
    device: `device-${String(person).padStart(8, '0')}`,
    card: `card-${person}`,
    street: `${person} Main Street`,
  };
}

const key = (kind: string, value: string) =>
  `substr(encode(sha256('${kind}'::bytea || '\\x00'::bytea || convert_to(${value}, 'UTF8')), 'hex'), 1, 32)::uuid`;

/** Of $1 attempts of a year, of $2 people in $3 networks, those from the $4th to the $5th: no statement takes long. */
export const PAST_ATTEMPTS_SQL = `
  INSERT INTO fraud_attempt ("attemptId", "orderId", "channelId", at, amount, customer, email, ip, network, device, card,
                             address, categories, status, fraud, "outcomeKnownAt", "outcomeSource")
  SELECT -n, 1, 1, at, amount,
         ${key('customer', 'person::text')}, ${key('email', `'person' || person || '@example.com'`)},
         ${key('ip', `net || '.' || host`)}, ${key('network', `net || '.0/24'`)},
         ${key('device', `'device-' || lpad(person::text, 8, '0')`)}, ${key('card', `'card-' || person`)},
         ${key('address', `person || 'mainstreet|leeds|ls11aa|gb'`)},
         '{}', CASE WHEN dice < 0.1 THEN 'failed' ELSE 'ordered' END,
         CASE WHEN at < now() - interval '60 days' THEN dice > 0.99 END,
         CASE WHEN at < now() - interval '60 days' THEN at + interval '30 days' END,
         CASE WHEN at < now() - interval '60 days' THEN 'matured' END
  FROM (
    SELECT n, now() - ($1::int - n) * (interval '365 days' / $1::int) AS at, 500 + floor(random() * 30000)::int AS amount,
           1 + floor(power(random(), ${PEOPLE_SKEW}) * $2::int)::int AS person,
           (60 + m / 65536) || '.' || ((m / 256) % 256) || '.' || (m % 256) AS net,
           1 + floor(random() * 3)::int AS host, random() AS dice
    FROM (SELECT n, floor(power(random(), ${NETWORK_SKEW}) * $3::int)::int AS m FROM generate_series($4::int, $5::int) n) numbered
  ) past`;

/** $1 customers, each with an order that was placed. */
export const CUSTOMERS_SQL = [
  `INSERT INTO customer ("firstName", "lastName", "emailAddress")
   SELECT 'Person', n::text, 'person' || n || '@example.com' FROM generate_series(1, $1::int) n`,
  `INSERT INTO "order" (code, state, active, "orderPlacedAt", "couponCodes", "shippingAddress", "billingAddress",
                        "currencyCode", "subTotal", "subTotalWithTax", "customerId", type, shipping, "shippingWithTax")
   SELECT 'BENCH-' || id, 'PaymentSettled', false, now(), '', '{}', '{}', 'EUR', 1000, 1200, id, 'Regular', 0, 0
   FROM customer WHERE id <= $1::int`,
];
