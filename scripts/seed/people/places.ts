/**
 * Where customers live. Streets and numbers are invented; a postal code is one of its city's, with `#` for a
 * random digit.
 */
export interface Place {
  city: string;
  province: string;
  /** ISO 3166-1 alpha-2, as of the shop's countries. */
  country: string;
  postalCode: string;
  /** The nearer warehouse. */
  warehouse: 'east' | 'west';
  /** Share of the customers, in proportion to the other places. */
  weight: number;
}

const us = (
  city: string,
  province: string,
  postalCode: string,
  warehouse: Place['warehouse'],
  weight: number,
): Place => ({ city, province, country: 'US', postalCode, warehouse, weight });

export const PLACES: readonly Place[] = [
  us('New York', 'New York', '100##', 'east', 12),
  us('Boston', 'Massachusetts', '021##', 'east', 4),
  us('Philadelphia', 'Pennsylvania', '191##', 'east', 4),
  us('Washington', 'District of Columbia', '200##', 'east', 4),
  us('Atlanta', 'Georgia', '303##', 'east', 4),
  us('Miami', 'Florida', '331##', 'east', 4),
  us('Charlotte', 'North Carolina', '282##', 'east', 2),
  us('Chicago', 'Illinois', '606##', 'east', 7),
  us('Detroit', 'Michigan', '482##', 'east', 2),
  us('Minneapolis', 'Minnesota', '554##', 'east', 2),
  us('Nashville', 'Tennessee', '372##', 'east', 2),
  us('Houston', 'Texas', '770##', 'west', 5),
  us('Austin', 'Texas', '787##', 'west', 3),
  us('Denver', 'Colorado', '802##', 'west', 3),
  us('Phoenix', 'Arizona', '850##', 'west', 3),
  us('Los Angeles', 'California', '900##', 'west', 9),
  us('San Diego', 'California', '921##', 'west', 3),
  us('San Francisco', 'California', '941##', 'west', 6),
  us('Portland', 'Oregon', '972##', 'west', 3),
  us('Seattle', 'Washington', '981##', 'west', 5),
  {
    city: 'Toronto',
    province: 'Ontario',
    country: 'CA',
    postalCode: 'M5V 2T#',
    warehouse: 'east',
    weight: 3,
  },
  {
    city: 'Vancouver',
    province: 'British Columbia',
    country: 'CA',
    postalCode: 'V6B 1A#',
    warehouse: 'west',
    weight: 2,
  },
  { city: 'London', province: '', country: 'GB', postalCode: 'SE1 #AB', warehouse: 'east', weight: 3 },
  { city: 'Berlin', province: '', country: 'DE', postalCode: '101##', warehouse: 'east', weight: 2 },
  { city: 'Paris', province: '', country: 'FR', postalCode: '7500#', warehouse: 'east', weight: 1 },
  {
    city: 'Sydney',
    province: 'New South Wales',
    country: 'AU',
    postalCode: '200#',
    warehouse: 'west',
    weight: 1,
  },
];

export const STREETS: readonly string[] = [
  'Oak Street',
  'Maple Avenue',
  'Cedar Lane',
  'Elm Street',
  'Park Avenue',
  'Lake Road',
  'Hill Street',
  'Mill Lane',
  'Church Street',
  'Station Road',
  'River Drive',
  'Sunset Boulevard',
  'Garden Way',
  'Market Street',
  'Harbour Road',
  'Orchard Close',
  'Bridge Street',
  'Meadow Lane',
];
