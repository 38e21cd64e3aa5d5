import { isIssued, passesLuhn } from './card-ranges';

/**
 * Finds card numbers, so that none is ever stored, logged or passed on.
 *
 * A card number is 13 to 19 digits that pass the Luhn check, begin as a card network's numbers do and have a length
 * which that network issues; in any script, and in groups with up to three other signs between them. One in ten of
 * all other numbers that begin so passes too, and is refused as well: an id of ours never looks like that (they begin
 * with letters), a provider's neither, and a card number that slips through cannot be taken back. What is known to be
 * something else is let through: part of a longer run of digits, ids and hashes that mix letters and digits, UUIDs, dates,
 * IP addresses, decimals, international telephone numbers, and 13 or 14 digits in a field named after a phone or a barcode.
 *
 * Not found: a number that is encrypted, encoded (base64), written in words or spread over several fields.
 */

export const CARD_DATA_KINDS = ['card_number', 'security_code', 'too_large'] as const;

/**
 * - `card_number`: a number that is, or must be taken for, a card's
 * - `security_code`: a field named after the three or four digits on the card, with digits in it
 * - `too_large`: more than is looked through; nobody can say what is in it
 */
export type CardDataKind = (typeof CARD_DATA_KINDS)[number];

export interface CardDataFinding {
  readonly kind: CardDataKind;
  /** Where it is, such as `metadata.card.number`; without any digit of a name. */
  readonly path: string;
}

export interface ScanLimits {
  /** How deep values may be nested. */
  readonly depth: number;
  /** How many values there may be. */
  readonly values: number;
  /** How many characters all texts and names may have together. */
  readonly characters: number;
  /** How many runs of digits there may be in them: these are what costs time. */
  readonly numbers: number;
}

export const SCAN_LIMITS: ScanLimits = {
  depth: 32,
  values: 20_000,
  characters: 300_000,
  numbers: 5_000,
};

interface Place {
  readonly value: unknown;
  readonly path: string;
  readonly name: string;
  readonly depth: number;
}

/**
 * The first card data in a JSON value, its names included.
 *
 * @param root what the path begins with
 */
export function findCardData(
  value: unknown,
  root: string,
  limits: ScanLimits = SCAN_LIMITS,
): CardDataFinding | undefined {
  // A stack of our own: a value may be nested deeper than calls can be.
  const open: Place[] = [{ value, path: root, name: '', depth: 0 }];
  const tooLarge: CardDataFinding = { kind: 'too_large', path: root };
  const budget = new Budget(limits);
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { path, depth } = place;
    if (depth > limits.depth || !budget.takesValue(place.value)) return tooLarge;
    const kind = kindOf(place.value, place.name);
    if (kind !== undefined) return { kind, path };
    if (typeof place.value !== 'object' || place.value === null) continue;
    const entries = Object.entries(place.value);
    if (open.length + entries.length > limits.values) return tooLarge;
    const isList = Array.isArray(place.value);
    // Backwards, so that the first is looked at first.
    for (const [key, item] of entries.reverse()) {
      if (!isList && !budget.takesText(key)) return tooLarge;
      if (!isList && hasCardNumber(key)) return { kind: 'card_number', path: `${path}.*` };
      const next = isList ? `${path}[]` : `${path}.${shownName(key)}`;
      open.push({ value: item, path: next, name: isList ? place.name : key, depth: depth + 1 });
    }
  }
  return undefined;
}

/** How much has been looked at. */
class Budget {
  private values = 0;
  private characters = 0;
  private numbers = 0;

  constructor(private readonly limits: ScanLimits) {}

  takesValue(value: unknown): boolean {
    this.values += 1;
    return this.values <= this.limits.values && (typeof value !== 'string' || this.takesText(value));
  }

  takesText(text: string): boolean {
    this.characters += text.length;
    if (this.characters > this.limits.characters) return false;
    this.numbers += text.match(/\p{N}+/gu)?.length ?? 0;
    return this.numbers <= this.limits.numbers;
  }
}

/** Whether a text has a card number in it. */
export function hasCardNumber(text: string, name = ''): boolean {
  if (text.length < SHORTEST) return false;
  const plain = plainDigits(text);
  return inText(plain, name) || (/%[0-9a-f]{2}/i.test(plain) && inText(percentDecoded(plain), name));
}

const SHORTEST = 13;
const LONGEST = 19;

function kindOf(value: unknown, name: string): CardDataKind | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  const plainName = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (plainName !== '' && typeof value !== 'bigint') {
    const digits = plainDigits(String(value)).replace(/[\s-]/g, '');
    if (SECURITY_CODE_NAMES.has(plainName) && /^\d{3,4}$/.test(digits)) return 'security_code';
    // A number in a field of this name is a card's, also when it is mistyped.
    if (CARD_NUMBER_NAMES.has(plainName) && /^\d{12,19}$/.test(digits)) return 'card_number';
  }
  if (typeof value === 'string') return hasCardNumber(value, name) ? 'card_number' : undefined;
  return isCardNumeral(value, name) ? 'card_number' : undefined;
}

/** A fraction is no card number. Beyond 2^53 the last digits are lost, and with them the check digit. */
function isCardNumeral(value: number | bigint, name: string): boolean {
  if (typeof value === 'number' && !Number.isInteger(value)) return false;
  const positive = value < 0 ? -value : value;
  if (positive > 1e19) return false;
  const digits = BigInt(positive).toString();
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return isIssued(digits, true);
  return isCard(digits, true, name);
}

function isCard(digits: string, inOnePiece: boolean, name: string): boolean {
  if (digits.length < SHORTEST || digits.length > LONGEST) return false;
  if (digits.length <= 14 && NUMBER_NAMES.test(name)) return false;
  return isIssued(digits, inOnePiece) && passesLuhn(digits);
}

const SECURITY_CODE_NAMES: ReadonlySet<string> = new Set(
  `cvc cvv csc cvn cvc2 cvv2 cav2 cvccode cvvcode cvcnumber cvvnumber cardcvc cardcvv cardcode securitycode
   cardsecuritycode cardverificationcode cardverificationvalue`.split(/\s+/),
);

const CARD_NUMBER_NAMES: ReadonlySet<string> = new Set(
  `pan cardpan fullpan cardnumber cardno cardnum ccnumber ccno ccnum creditcard creditcardnumber debitcardnumber
   primaryaccountnumber`.split(/\s+/),
);

/** Fields whose numbers of 13 or 14 digits are something else: Visa has given up 13, and Diners alone has 14. */
const NUMBER_NAMES = /phone|mobile|telefon|^tel|fax|^ean|gtin|barcode|isbn|upc/i;

/** Digits of every script as ASCII's, without signs that nobody sees. */
function plainDigits(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{M}]/gu, '')
    .replace(/\p{Nd}/gu, digitOf);
}

/** Each sign's digit, looked up once. There are some hundred digits in all scripts. */
const DIGITS = new Map<string, string>();

/** Unicode has the digits of a script in a row, from 0 to 9. */
function digitOf(sign: string): string {
  const known = DIGITS.get(sign);
  if (known !== undefined) return known;
  const code = sign.codePointAt(0) ?? 0;
  let first = code;
  while (first > 0 && /\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  const digit = String((code - first) % 10);
  DIGITS.set(sign, digit);
  return digit;
}

function percentDecoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** What is made of digits but no card number; each of them bounded, so that a long text costs what it is long. */
const OTHERS: readonly RegExp[] = [
  // UUIDs
  /(?<![0-9a-z])[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?![0-9a-z])/gi,
  // Dates, and times behind them
  /(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d(?::[0-6]\d(?:\.\d{1,9})?)?)?(?!\d)/g,
  // IPv4 addresses
  /(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])/g,
  // Decimals with many places
  /(?<![\d.])\d{1,9}\.\d{9,40}(?![\d.])/g,
];

/** International telephone numbers have 15 digits at most, and those of 15 begin like no card. */
const TELEPHONE = /\+\d(?:[\s().\-/]{0,3}\d){6,30}/g;

function withoutOthers(text: string): string {
  const rest = OTHERS.reduce((left, pattern) => left.replace(pattern, ' x '), text);
  return rest.replace(TELEPHONE, found => (found.replace(/\D/g, '').length <= 14 ? ' x ' : found));
}

/** Signs between two groups of digits of one number. */
const MOST_BETWEEN = 3;

interface Group {
  readonly digits: string;
  /** Whether it continues the group before it. */
  readonly joined: boolean;
}

function inText(text: string, name: string): boolean {
  if (!/\d/.test(text)) return false;
  const groups = groupsOf(withoutOthers(text));
  return groups.some((_, first) => startsCard(groups, first, name));
}

/** A number begins and ends with a group: what is inside a longer run of digits is not one. */
function startsCard(groups: readonly Group[], first: number, name: string): boolean {
  let digits = '';
  for (let index = first; index < groups.length; index += 1) {
    const group = groups[index]!;
    if (index > first && !group.joined) return false;
    if (digits.length + group.digits.length > LONGEST) return false;
    digits += group.digits;
    if (isCard(digits, index === first, name)) return true;
  }
  return false;
}

function groupsOf(text: string): Group[] {
  const groups: Group[] = [];
  let end = -Infinity;
  for (const found of text.matchAll(/\d+/g)) {
    const between = found.index - end;
    const joined = between <= MOST_BETWEEN && !/[a-z]/i.test(text.slice(end, found.index));
    const digits = found[0];
    end = found.index + digits.length;
    // An id or a hash: its digits stand for nothing, and nothing goes on behind it.
    if (digits.length >= SHORTEST && isMixed(text, found.index, end)) end = -Infinity;
    else groups.push({ digits, joined });
  }
  return groups;
}

/** Whether the word around a run of digits has letters and other digits too. */
function isMixed(text: string, from: number, to: number): boolean {
  const before = /[a-z0-9]*$/i.exec(text.slice(Math.max(0, from - WORD), from))?.[0] ?? '';
  const after = /^[a-z0-9]*/i.exec(text.slice(to, to + WORD))?.[0] ?? '';
  return /\d/.test(before + after);
}

/** How far a word is looked at. */
const WORD = 64;

/** A name as an error may show it: short, and without digits, for they could be spread over several names. */
function shownName(key: string): string {
  const shown = plainDigits(key.slice(0, 40))
    .replace(/\d/g, '#')
    .replace(/[^\w#-]/g, '_');
  return shown === '' ? '_' : shown;
}
