/** OCPP 1.6 §7.2. */
export const authorizationStatuses = ['Accepted', 'Blocked', 'Expired', 'Invalid', 'ConcurrentTx'] as const

/** OCPP 1.6 §7.6. */
export const chargePointErrorCodes = [
  'ConnectorLockFailure', 'EVCommunicationError', 'GroundFailure', 'HighTemperature', 'InternalError', 'LocalListConflict', 'NoError',
  'OtherError', 'OverCurrentFailure', 'PowerMeterFailure', 'PowerSwitchFailure', 'ReaderFailure', 'ResetFailure', 'UnderVoltage',
  'OverVoltage', 'WeakSignal',
] as const

/** OCPP 1.6 §7.7. */
export const chargePointStatuses = [
  'Available', 'Preparing', 'Charging', 'SuspendedEVSE', 'SuspendedEV', 'Finishing', 'Reserved', 'Unavailable', 'Faulted',
] as const

/** OCPP 1.6 §7.36: why a transaction was stopped. */
export const stopReasons = [
  'EmergencyStop', 'EVDisconnected', 'HardReset', 'Local', 'Other', 'PowerLoss', 'Reboot', 'Remote', 'SoftReset', 'UnlockCommand',
  'DeAuthorized',
] as const

/** OCPP 1.6 §7.35: the context of a sampled value. */
export const readingContexts = [
  'Interruption.Begin', 'Interruption.End', 'Sample.Clock', 'Sample.Periodic', 'Transaction.Begin', 'Transaction.End', 'Trigger', 'Other',
] as const

/** OCPP 1.6 §7.49. */
export const valueFormats = ['Raw', 'SignedData'] as const

/** OCPP 1.6 §7.31. */
export const measurands = [
  'Energy.Active.Export.Register', 'Energy.Active.Import.Register', 'Energy.Reactive.Export.Register', 'Energy.Reactive.Import.Register',
  'Energy.Active.Export.Interval', 'Energy.Active.Import.Interval', 'Energy.Reactive.Export.Interval', 'Energy.Reactive.Import.Interval',
  'Power.Active.Export', 'Power.Active.Import', 'Power.Offered', 'Power.Reactive.Export', 'Power.Reactive.Import', 'Power.Factor',
  'Current.Import', 'Current.Export', 'Current.Offered', 'Voltage', 'Frequency', 'Temperature', 'SoC', 'RPM',
] as const

/** OCPP 1.6 §7.34. */
export const phases = ['L1', 'L2', 'L3', 'N', 'L1-N', 'L2-N', 'L3-N', 'L1-L2', 'L2-L3', 'L3-L1'] as const

/** OCPP 1.6 §7.30. */
export const locations = ['Cable', 'EV', 'Inlet', 'Outlet', 'Body'] as const

/** OCPP 1.6 §7.45; both spellings of Celsius are valid (OCPP-J 1.6 errata §2.1), and there is no unit of frequency. */
export const units = [
  'Wh', 'kWh', 'varh', 'kvarh', 'W', 'kW', 'VA', 'kVA', 'var', 'kvar', 'A', 'V', 'K', 'Celcius', 'Celsius', 'Fahrenheit', 'Percent',
] as const

/** OCPP 1.6 §7.12. */
export const chargingRateUnits = ['A', 'W'] as const

/** OCPP 1.6 §7.10. */
export const chargingProfilePurposes = ['ChargePointMaxProfile', 'TxDefaultProfile', 'TxProfile'] as const

/** OCPP 1.6 §7.9. */
export const chargingProfileKinds = ['Absolute', 'Recurring', 'Relative'] as const

/** OCPP 1.6 §7.37. */
export const recurrencyKinds = ['Daily', 'Weekly'] as const
