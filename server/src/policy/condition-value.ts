import { parseIpRange } from '../base/ip-range.ts';
import { lookUp } from '../base/look-up.ts';
import type { OperatorFamily } from './condition.ts';

/** What is wrong with a condition value, by the Access Analyzer check that says so. */
export type ValueFlaw = 'boolean' | 'number' | 'date' | 'epoch' | 'address' | 'base64';

/** Families whose values AWS checks when a policy is saved, whatever the key. */
export const REFUSED: ReadonlySet<OperatorFamily> = new Set<OperatorFamily>(['IpAddress', 'Binary']);

export interface JudgedValue {
  readonly flaw: ValueFlaw;
  /** What was probably meant. */
  readonly near?: string;
}

/**
 * Judges a value by the family of its operator; undefined when it is well formed. The text holds no variable and no
 * template's stand-in.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function judgeValue(family: OperatorFamily, text: string): JudgedValue | undefined {
  switch (family) {
    case 'Bool':
    case 'Null':
      return judgeBoolean(text);
    case 'Numeric':
      return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text) ? undefined : judgeNumber(text);
    case 'Date':
      return judgeDate(text);
    case 'IpAddress':
      return isIpRange(text) ? undefined : judgeAddress(text);
    case 'Binary':
      return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) && text !== ''
        ? undefined
        : { flaw: 'base64' };
    default:
      return undefined;
  }
}

const YES_NO: Readonly<Record<string, string>> = {
  yes: 'true',
  no: 'false',
  '1': 'true',
  '0': 'false',
  on: 'true',
  off: 'false',
};

function judgeBoolean(text: string): JudgedValue | undefined {
  const lower = text.trim().toLowerCase();
  if (text.toLowerCase() === 'true' || text.toLowerCase() === 'false') return undefined;
  const near = lower === 'true' || lower === 'false' ? lower : lookUp(YES_NO, lower);
  return { flaw: 'boolean', ...(near && { near }) };
}

function judgeNumber(text: string): JudgedValue {
  const near = /^\s*(\d+(?:[ ,_]\d{3})*)\s*$/.exec(text)?.[1]?.replace(/\D/g, '');
  return { flaw: 'number', ...(near && { near }) };
}

/** The W3C profile of ISO 8601: https://www.w3.org/TR/NOTE-datetime */
const ISO_DATE = /^(\d{4})-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(?:[Zz]|[+-]\d\d:?\d\d)?)?)?$/;

function judgeDate(text: string): JudgedValue | undefined {
  if (/^\d{4}$/.test(text)) return { flaw: 'epoch', near: `${text}-01-01T00:00:00Z` };
  if (/^\d+$/.test(text)) {
    const seconds = Number(text);
    // Before 1973 or after 9999 it is hardly a date.
    const plausible = seconds >= 1e8 && seconds < 2.5e11;
    return { flaw: 'epoch', ...(plausible && { near: new Date(seconds * 1000).toISOString().replace('.000Z', 'Z') }) };
  }
  const iso = ISO_DATE.exec(text);
  if (iso) {
    const [year, month, day, hour, minute, second] = iso.slice(1).map((part) => Number(part ?? 0));
    if (
      isCalendarDay(year ?? 0, month ?? 0, iso[3] ? (day ?? 0) : 1) &&
      (hour ?? 0) < 24 &&
      (minute ?? 0) < 60 &&
      (second ?? 0) < 61
    ) {
      return undefined;
    }
    return { flaw: 'date' };
  }
  const near = turnDate(text);
  return { flaw: 'date', ...(near && { near }) };
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (days[month - 1] ?? 0);
}

/** `31/12/2027` or `12/31/2027`, where only one reading is a date; `2027/12/31`. */
function turnDate(text: string): string | undefined {
  const [first = '', second = '', third = ''] = /^(\d+)[./-](\d+)[./-](\d+)$/.exec(text)?.slice(1) ?? [];
  const readings = [
    [first, second, third],
    [third, second, first],
    [third, first, second],
  ].filter(
    ([year = '', month = '', day = '']) => year.length === 4 && isCalendarDay(Number(year), Number(month), Number(day)),
  );
  const [only, ...others] = new Set(
    readings.map(([year = '', month = '', day = '']) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`),
  );
  return others.length === 0 ? only : undefined;
}

/** An IPv4 or IPv6 address, with or without a prefix length. */
export function isIpRange(text: string): boolean {
  return parseIpRange(text) !== undefined;
}

/** `10.1.*` is meant as 10.1.0.0/16; spaces around are a slip. */
function judgeAddress(text: string): JudgedValue {
  const trimmed = text.trim();
  if (trimmed !== text && isIpRange(trimmed)) return { flaw: 'address', near: trimmed };
  const known = /^((?:\d{1,3}\.){1,3})\*(?:\.\*)*$/.exec(text)?.[1]?.split('.').slice(0, -1) ?? [];
  const parts = [...known, '0', '0', '0'].slice(0, 4).join('.');
  return { flaw: 'address', ...(known.length > 0 && isIpRange(parts) && { near: `${parts}/${known.length * 8}` }) };
}
