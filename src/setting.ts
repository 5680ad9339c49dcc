import { isIP } from 'node:net';

/** One setting as the README lists it: the variable, its default in words, and what it does. */
export interface SettingDescription {
  readonly variable: string;
  readonly property: string;
  readonly defaultValue: string;
  readonly description: string;
}

const settings: SettingDescription[] = [];

/** Settings in the order in which they are declared: what the README's table must say. */
export const settingDescriptions: readonly SettingDescription[] = settings;

/** Names the variable of a setting, and says what it is for. */
export function Setting(variable: string, description: string, defaultValue = ''): PropertyDecorator {
  return (_target, property) => {
    settings.push({ variable, property: String(property), defaultValue, description });
  };
}

/** Reads what a variable says, and tells what is wrong with it: the end of a sentence, or null. */
interface Reading {
  /** The value; text that makes no sense stays text, so that it can be named. */
  readonly read?: (text: string) => unknown;
  readonly fault?: (value: unknown) => string | null;
}

const readings = new Map<string, Reading>();

/**
 * Reads one setting from the text of its variable. Tells beside what is wrong with it, where something is. A validation
 * library would take as long to load as a tenth of the start.
 */
export function readSetting(
  property: string,
  text: string,
): { readonly value: unknown; readonly fault: string | null } {
  const { read, fault } = readings.get(property) ?? {};
  const value = read === undefined ? text : read(text);
  return { value, fault: fault?.(value) ?? null };
}

function readBy(reading: Reading): PropertyDecorator {
  return (_target, property) => {
    readings.set(String(property), reading);
  };
}

function must(isRight: (value: unknown) => boolean, message: string): NonNullable<Reading['fault']> {
  return (value) => (isRight(value) ? null : message);
}

/** A whole number within bounds. */
export function WholeNumber(least: number, most: number): PropertyDecorator {
  return readBy({
    read: (text) => (/^-?\d+$/.test(text.trim()) ? Number(text) : text),
    fault: must(
      (value) => typeof value === 'number' && value >= least && value <= most,
      `must be a whole number from ${least} to ${most}`,
    ),
  });
}

/** `true`, `false`, `1`, `0`, `on`, `off`, `yes` or `no`. */
export function Switch(): PropertyDecorator {
  return readBy({
    read: (text) => {
      if (/^(true|1|on|yes)$/i.test(text)) return true;
      if (/^(false|0|off|no)$/i.test(text)) return false;
      return text;
    },
    fault: must((value) => typeof value === 'boolean', 'must be on or off'),
  });
}

/** One of several words. */
export function OneOfWords(...words: readonly string[]): PropertyDecorator {
  return readBy({
    fault: must((value) => words.includes(value as string), `must be one of the following values: ${words.join(', ')}`),
  });
}

function partsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** An address of a Postgres that the driver can read. */
export function IsPostgresUrl(): PropertyDecorator {
  return readBy({
    fault: must((value) => {
      if (typeof value !== 'string' || !URL.canParse(value)) return false;
      const { protocol, pathname, username, password } = new URL(value);
      // The driver decodes these, and would fail at the first connection.
      const isDecodable = [username, password, pathname].every(isPercentEncoded);
      return /^postgres(ql)?:$/.test(protocol) && pathname.length > 1 && isDecodable;
    }, 'must look like postgres://user:password@host:5432/database, with % written as %25'),
  });
}

/** Web origins as browsers send them, parted by commas. */
export function IsOriginList(): PropertyDecorator {
  return readBy({
    read: partsOf,
    fault: must(
      (value) =>
        Array.isArray(value) && value.every((x) => typeof x === 'string' && URL.canParse(x) && new URL(x).origin === x),
      'must be origins like https://www.example.org, parted by commas',
    ),
  });
}

/** Hosts that are this machine: nobody listens in between. */
const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An address of the web without a fragment, that nobody can listen in to: https, or on this machine. */
export function IsWebAddress(): PropertyDecorator {
  return readBy({
    fault: must((value) => {
      if (typeof value !== 'string' || !URL.canParse(value)) return false;
      const { protocol, hostname, hash, username } = new URL(value);
      const isWeb = protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.has(hostname));
      return isWeb && hash === '' && username === '';
    }, 'must be an address like https://login.example.org, or on this machine'),
  });
}

/** Names that stand for ranges of addresses: this machine, its link, and private networks. */
const RANGE_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** Addresses of machines, ranges of them like `10.0.0.0/8`, or their names, parted by commas. */
export function IsAddressList(): PropertyDecorator {
  return readBy({
    read: partsOf,
    fault: must(
      (value) => Array.isArray(value) && value.every(isAddressRange),
      `must be addresses, ranges like 10.0.0.0/8, or ${RANGE_NAMES.join(', ')}, parted by commas`,
    ),
  });
}

function isAddressRange(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (RANGE_NAMES.includes(value)) return true;
  const [address = '', bits, ...rest] = value.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
