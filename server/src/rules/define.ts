import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import type { Catalogue } from '../catalogue/types.ts';
import type { Confidence, PolicyKind } from '../policy/kind.ts';
import type {
  ActionEntry,
  ConditionClause,
  PolicyView,
  PrincipalEntry,
  ResourceEntry,
  Statement,
} from '../policy/model.ts';
import type { Writer } from '../syntax/json-writer.ts';
import type { SyntaxTree, ValueNode } from '../syntax/tree.ts';

/**
 * How bad a finding is. error: AWS rejects the policy, or the element can never work. warning: it works, but not as
 * meant, or is dangerous. info: worth knowing. hint: an offer.
 */
export const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Who wants to see a finding: everybody, who likes a tidy policy, or who reviews one for security. */
export const PERSONAS = ['regular', 'pedantic', 'auditor'] as const;
export type Persona = (typeof PERSONAS)[number];

export type FindingConfidence = 'high' | 'medium' | 'low';

/** What a fix does to access. */
export type FixEffect = 'equivalent' | 'narrows' | 'widens' | 'unknown';

export interface Fix {
  /** An instruction in the imperative: "Add Version 2012-10-17". */
  readonly title: string;
  readonly effect: FixEffect;
  readonly edits: readonly TextEdit[];
  /** Texts inside the edits that the user must replace, such as `<bucket-name>`; the cursor goes there. */
  readonly placeholders?: readonly string[];
  /** The one to take without looking: only for an equivalent or narrowing fix with one plausible outcome. */
  readonly preferred?: boolean;
}

export interface RelatedSpan {
  readonly span: Span;
  readonly message: string;
}

/** One flaw at one place, as plain data. */
export interface Finding {
  readonly rule: string;
  /** The ids of the IAM Access Analyzer checks that say the same. */
  readonly accessAnalyzer: readonly string[];
  readonly severity: Severity;
  readonly confidence: FindingConfidence;
  readonly persona: Persona;
  readonly span: Span;
  readonly message: string;
  readonly related: readonly RelatedSpan[];
  /** Greyed out (unnecessary) or struck through (deprecated) by editors. */
  readonly tag?: 'unnecessary' | 'deprecated';
  /** Computed when asked for. */
  readonly fixes: () => readonly Fix[];
}

/** What a rule is called with. Nested nodes are visited in source order. */
export interface VisitNodes {
  /** The file itself, policies or not; called once. */
  readonly file: SyntaxTree;
  readonly policy: PolicyView;
  /** What holds elements: the policy, then each of its statements. */
  readonly elements: PolicyView | Statement;
  readonly statement: Statement;
  readonly action: ActionEntry;
  readonly resource: ResourceEntry;
  readonly principal: PrincipalEntry;
  readonly condition: ConditionClause;
}

export type Visit = keyof VisitNodes;

type Placeholders<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type DataOf<Message extends string> = [Placeholders<Message>] extends [never]
  ? { readonly data?: undefined }
  : { readonly data: Readonly<Record<Placeholders<Message>, string | number>> };

type Report<Messages extends Readonly<Record<string, string>>> = {
  [Id in keyof Messages]: {
    readonly at: Span;
    readonly message: Id;
    /** The checks that this finding answers, where the rule answers several. */
    readonly accessAnalyzer?: readonly string[];
    readonly severity?: Severity;
    readonly confidence?: FindingConfidence;
    readonly persona?: Persona;
    readonly related?: readonly RelatedSpan[];
    readonly tag?: 'unnecessary' | 'deprecated';
    readonly fixes?: () => readonly Fix[];
  } & DataOf<Messages[Id]>;
}[keyof Messages];

export interface RuleContext<Messages extends Readonly<Record<string, string>>, On extends Visit> {
  /**
   * The policy around the visited node. Looked at only where it is needed: what a rule says of a statement without
   * having looked at it holds as long as the statement stays as it is.
   */
  readonly policy: On extends 'file' ? undefined : PolicyView;
  /** The statement that holds the visited node. */
  readonly statement: On extends 'file' | 'policy' | 'elements' ? undefined : Statement;
  readonly kind: PolicyKind;
  /** For a resource policy, the service of the resource it is attached to, when known. */
  readonly service: string | null;
  readonly certainty: Confidence;
  readonly catalogue: Catalogue;
  readonly write: Writer;
  /** True when the text of a node does not parse: it is half-typed, and what it lacks may be about to come. */
  readonly isHalfTyped: (node: ValueNode) => boolean;
  readonly report: (report: Report<Messages>) => void;
}

export interface Example {
  /** The kind to judge it as, where the document alone does not tell. */
  readonly kind?: PolicyKind;
  readonly persona?: Persona;
  /** A policy, or a text where the flaw is in the JSON itself. */
  readonly policy: object | string;
}

export interface Rule<
  Messages extends Readonly<Record<string, string>> = Readonly<Record<string, string>>,
  On extends Visit = Visit,
> {
  /** The file name, diagnostic code, setting and docs anchor; reads well after "ignore". */
  readonly id: string;
  /** A title of a few words for lists. */
  readonly title: string;
  readonly accessAnalyzer: readonly string[];
  readonly severity: Severity;
  readonly confidence: FindingConfidence;
  readonly persona: Persona;
  readonly kinds: 'all' | readonly PolicyKind[];
  readonly visit: On;
  /** The strongest thing its fixes do to access, or why there is none. */
  readonly fix: FixEffect | { readonly none: string };
  readonly docs: {
    readonly what: string;
    readonly why: string;
    readonly how: string;
    /** AWS documentation. */
    readonly references: readonly string[];
    readonly examples: { readonly bad: Example; readonly good: Example };
  };
  /** Texts by id; `{name}` is filled from the data of a report. */
  readonly messages: Messages;
  /** Also reported by the editor's own JSON support, so left out where that is at work. */
  readonly jsonOnly?: boolean;
  readonly check: (node: VisitNodes[On], context: RuleContext<Messages, On>) => void;
}

/** A rule whose messages and visited node the compiler has checked, with its types forgotten for lists of rules. */
export interface AnyRule extends Omit<Rule, 'check'> {
  readonly check: (node: never, context: never) => void;
}

/** Declares a rule; the compiler checks message ids and their placeholders. */
export function defineRule<const Messages extends Readonly<Record<string, string>>, const On extends Visit>(
  rule: Rule<Messages, On>,
): AnyRule {
  return rule as unknown as AnyRule;
}
