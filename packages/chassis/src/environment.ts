/** The environment: names to texts. An empty text counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with one setting. */
export interface SettingFault {
  name: string;
  fault: string;
}

/**
 * A rule over several settings: answers the fault, or `undefined` where the rule holds.
 * A setting that is missing or wrong by itself is absent here, so that all faults can be told at once.
 */
export type SettingRule<S> = (settings: Partial<S>) => SettingFault | undefined;
