/**
 * What a person has answered, by question id: `who`, `when`, `what`, `never`, the names of blanks (`bucket`), and for
 * actions of one's own choice `services`, `actions:sqs`, `resource:sqs:queue`. An empty list is a question skipped.
 */
export type PolicyAnswers = Readonly<Record<string, readonly string[]>>;
