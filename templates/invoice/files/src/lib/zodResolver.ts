import { get, set } from "lodash-es";
import type { FieldErrors, FieldValues, Resolver } from "react-hook-form";
import type { ZodType } from "zod";

/** Validates a form with a zod schema; each field shows its first problem. */
export function zodResolver<Input extends FieldValues, Output>(schema: ZodType<Output, Input>): Resolver<Input, unknown, Output> {
  return (values) => {
    const result = schema.safeParse(values);
    if (result.success) return { values: result.data, errors: {} };

    const errors: FieldErrors<Input> = {};
    for (const { path, code, message } of result.error.issues) {
      if (!get(errors, path)) set(errors, path, { type: code, message });
    }
    return { values: {}, errors };
  };
}
