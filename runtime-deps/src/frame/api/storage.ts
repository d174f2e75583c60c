// `SandboxAPI.storage`: localStorage for values instead of texts.

export interface ValueStorage {
  get<Value = unknown>(key: string): Promise<Value | undefined>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  keys(): Promise<string[]>;
  clear(): Promise<void>;
}

/** Keys of its own, so that `clear` leaves alone what the app keeps by itself. */
const PREFIX = "cumulet:";

/** `storage` is read at every call: it is put in place after the api was made. */
export function makeStorage(storage: () => Storage): ValueStorage {
  const keys = () =>
    Object.keys(storage())
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length));
  return {
    async get<Value>(key: string) {
      const text = storage().getItem(PREFIX + key);
      return text === null ? undefined : (JSON.parse(text) as Value);
    },
    async set(key, value) {
      const text = JSON.stringify(value);
      if (text === undefined) storage().removeItem(PREFIX + key);
      else storage().setItem(PREFIX + key, text);
    },
    async remove(key) {
      storage().removeItem(PREFIX + key);
    },
    async keys() {
      return keys();
    },
    async clear() {
      for (const key of keys()) storage().removeItem(PREFIX + key);
    },
  };
}
