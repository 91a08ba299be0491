/** Upstream's error classes, as QMP shows them; nearly everything is generic. */
export type ErrorClass = 'GenericError' | 'CommandNotFound' | 'DeviceNotFound';

/**
 * An error that goes back to who asked, as upstream's `Error **errp`. What upstream cannot report in this way ends the process there
 * and is an assertion here.
 */
export class QemuError {
  constructor(
    /** The text, as management reads it. */
    readonly desc: string,
    readonly errorClass: ErrorClass = 'GenericError',
  ) {}
}

/** Whether a routine that may fail did. */
export function failed(result: unknown): result is QemuError {
  return result instanceof QemuError;
}

/** Upstream: include/qapi/qmp/qerror.h:QERR_INVALID_PARAMETER_VALUE. */
export function invalidValue(parameter: string, expected: string): QemuError {
  return new QemuError(`Parameter '${parameter}' expects ${expected}`);
}

/** Upstream: QERR_INVALID_PARAMETER_TYPE. */
export function invalidType(parameter: string, expected: string): QemuError {
  return new QemuError(`Invalid parameter type for '${parameter}', expected: ${expected}`);
}

/** Upstream: QERR_MISSING_PARAMETER. */
export function missing(parameter: string): QemuError {
  return new QemuError(`Parameter '${parameter}' is missing`);
}

/** What input_type_enum and the QMP marshaller say of a name that is none of an enumeration's. */
export function notAccepted(parameter: string, value: string): QemuError {
  return new QemuError(`Parameter '${parameter}' does not accept value '${value}'`);
}

/** Of an object, a device, or a class that does not exist. */
export function notFound(what: 'Device' | 'Class', name: string): QemuError {
  return new QemuError(`${what} '${name}' not found`, 'DeviceNotFound');
}
