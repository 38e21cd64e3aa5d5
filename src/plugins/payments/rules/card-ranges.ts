/**
 * Which numbers the card networks issue: how they begin (the first digits, from/to of the same length), and how long
 * they are.
 */
interface CardRange {
  readonly from: string;
  readonly to: string;
  readonly lengths: readonly number[];
}

const LONG = [16, 17, 18, 19];
const ANY = [13, 14, 15, ...LONG];

const range = (from: string, to: string, lengths: readonly number[]): CardRange => ({ from, to, lengths });

const NETWORKS: readonly CardRange[] = [
  // Visa. 13 digits are no longer issued, but still valid in tests and in old lists.
  range('4', '4', [13, 16, 19]),
  // Mastercard
  range('51', '55', [16]),
  range('2221', '2720', [16]),
  // American Express
  range('34', '34', [15]),
  range('37', '37', [15]),
  // Diners Club
  range('300', '305', [14, ...LONG]),
  range('3095', '3095', [14, ...LONG]),
  range('36', '36', [14, ...LONG]),
  range('38', '39', [14, ...LONG]),
  // Discover, also RuPay, Troy and Elo, which share its numbers
  range('6011', '6011', LONG),
  range('644', '659', LONG),
  range('508', '508', [16]),
  range('81', '82', LONG),
  range('9792', '9792', [16]),
  // JCB
  range('3528', '3589', LONG),
  // UnionPay
  range('62', '62', LONG),
  // Mir
  range('2200', '2204', LONG),
  // Maestro's own numbers
  range('5018', '5018', ANY),
  range('5020', '5020', ANY),
  range('5038', '5038', ANY),
  range('5893', '5893', ANY),
  range('6304', '6304', ANY),
  range('6759', '6763', ANY),
];

/** What Maestro and the national debit schemes share. Wide: taken only for a number that is written in one piece. */
const DEBIT: readonly CardRange[] = [
  range('50', '50', LONG),
  range('56', '58', LONG),
  range('60', '61', LONG),
  range('63', '64', LONG),
  range('66', '69', LONG),
];

const byFirstDigit = (ranges: readonly CardRange[]) =>
  [...'0123456789'].map(digit => ranges.filter(({ from, to }) => digit >= from[0]! && digit <= to[0]!));

const NETWORKS_BY_DIGIT = byFirstDigit(NETWORKS);
const DEBIT_BY_DIGIT = byFirstDigit(DEBIT);

/** @param wide whether the shared debit ranges count too */
export function isIssued(digits: string, wide: boolean): boolean {
  const holds = ({ from, to, lengths }: CardRange) => {
    if (!lengths.includes(digits.length)) return false;
    const prefix = digits.slice(0, from.length);
    return prefix >= from && prefix <= to;
  };
  const first = Number(digits[0]);
  return (NETWORKS_BY_DIGIT[first]?.some(holds) || (wide && DEBIT_BY_DIGIT[first]?.some(holds))) ?? false;
}

/** The check digit of ISO/IEC 7812. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  let doubles = false;
  for (let index = digits.length - 1; index >= 0; index -= 1) {
    const digit = digits.charCodeAt(index) - 48;
    const value = doubles ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
    doubles = !doubles;
  }
  return sum % 10 === 0;
}
