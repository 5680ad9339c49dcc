import { isIP } from 'node:net';
import { Transform } from 'class-transformer';
import { IsBoolean, IsInt, Max, Min, registerDecorator } from 'class-validator';

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

/** A whole number within bounds. What is none stays text, so that it can be named. */
export function WholeNumber(least: number, most: number): PropertyDecorator {
  const message = `must be a whole number from ${least} to ${most}`;
  return together(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value,
    ),
    IsInt({ message }),
    Min(least, { message }),
    Max(most, { message }),
  );
}

/** `true`, `false`, `1`, `0`, `on`, `off`, `yes` or `no`. Anything else stays text, so that it can be named. */
export function Switch(): PropertyDecorator {
  return together(
    Transform(({ value }: { value: unknown }) => {
      if (typeof value !== 'string') return value;
      if (/^(true|1|on|yes)$/i.test(value)) return true;
      if (/^(false|0|off|no)$/i.test(value)) return false;
      return value;
    }),
    IsBoolean({ message: 'must be on or off' }),
  );
}

/** Parts of a text between commas. */
export function PartedByCommas(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== '')
      : value,
  );
}

function together(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
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
  return (target, property) => {
    registerDecorator({
      name: 'isPostgresUrl',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => {
          if (typeof value !== 'string' || !URL.canParse(value)) return false;
          const { protocol, pathname, username, password } = new URL(value);
          // The driver decodes these, and would fail at the first connection.
          const isDecodable = [username, password, pathname].every(isPercentEncoded);
          return /^postgres(ql)?:$/.test(protocol) && pathname.length > 1 && isDecodable;
        },
        defaultMessage: () => 'must look like postgres://user:password@host:5432/database, with % written as %25',
      },
    });
  };
}

/** Web origins as browsers send them. */
export function IsOriginList(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isOriginList',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) =>
          Array.isArray(value) &&
          value.every((x) => typeof x === 'string' && URL.canParse(x) && new URL(x).origin === x),
        defaultMessage: () => 'must be origins like https://www.example.org, parted by commas',
      },
    });
  };
}

/** Hosts that are this machine: nobody listens in between. */
const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An address of the web without a fragment, that nobody can listen in to: https, or on this machine. */
export function IsWebAddress(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isWebAddress',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => {
          if (typeof value !== 'string' || !URL.canParse(value)) return false;
          const { protocol, hostname, hash, username } = new URL(value);
          const isWeb = protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.has(hostname));
          return isWeb && hash === '' && username === '';
        },
        defaultMessage: () => 'must be an address like https://login.example.org, or on this machine',
      },
    });
  };
}

/** Names that stand for ranges of addresses: this machine, its link, and private networks. */
const RANGE_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** Addresses of machines, ranges of them like `10.0.0.0/8`, or their names. */
export function IsAddressList(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isAddressList',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => Array.isArray(value) && value.every(isAddressRange),
        defaultMessage: () =>
          `must be addresses, ranges like 10.0.0.0/8, or ${RANGE_NAMES.join(', ')}, parted by commas`,
      },
    });
  };
}

function isAddressRange(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (RANGE_NAMES.includes(value)) return true;
  const [address = '', bits, ...rest] = value.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
