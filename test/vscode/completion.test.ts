import assert from 'node:assert/strict';
import { type CompletionList, commands, Selection, type TextDocument, window } from 'vscode';
import { activate, closeAll, eventually, show } from './editor.ts';

/** Opens a file with the cursor at the `|` of a text. */
async function open(path: string, marked: string): Promise<TextDocument> {
  const document = await show(path, marked.replace('|', ''));
  const editor = window.activeTextEditor;
  assert.equal(editor?.document, document);
  const at = document.positionAt(marked.indexOf('|'));
  editor.selection = new Selection(at, at);
  return document;
}

function positionOf() {
  const editor = window.activeTextEditor;
  assert.ok(editor);
  return editor.selection.active;
}

/** As from the keyboard, key by key. */
async function type(text: string): Promise<void> {
  for (const key of text) await commands.executeCommand('type', { text: key });
}

/** Accepts what the list shows first, once it shows something that makes the text as wanted. */
async function accept(document: TextDocument, wanted: string): Promise<void> {
  const before = document.version;
  await eventually(
    'the text after accepting',
    async () => {
      // The list has no event: as long as it is not there, accepting does nothing.
      await new Promise((resolve) => setTimeout(resolve, 400));
      if (document.version === before) await commands.executeCommand('acceptSelectedSuggestion');
      return document.getText();
    },
    (text) => text !== '' && document.version !== before,
  );
  assert.equal(document.getText(), wanted);
}

describe('completion in the editor', () => {
  afterEach(closeAll);

  it('writes an element and its action from a few keys', async () => {
    await activate();
    const statement = (inner: string) =>
      `{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      ${inner}\n      "Resource": "*"\n    }\n  ]\n}\n`;
    const document = await open('complete.json', statement('|'));
    await type('"Act');
    await accept(document, statement('"Action": "",'));
    await type('s3:getob');
    await accept(document, statement('"Action": "s3:GetObject",'));
  });

  it('takes the chosen word with the closing quotation mark', async () => {
    await activate();
    const statement = (inner: string) => `{\n  "Version": "2012-10-17",\n  "Statement": [{ ${inner} }]\n}\n`;
    const document = await open('effect.json', statement('"Effect": |'));
    await type('"D');
    await eventually(
      'the list with Deny',
      () => commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', document.uri, positionOf()),
      ({ items }) => items.some(({ label }) => label === 'Deny'),
    );
    await new Promise((resolve) => setTimeout(resolve, 400));
    await type('"');
    assert.equal(document.getText(), statement('"Effect": "Deny"'));
  });

  it('finds an action without its service', async () => {
    await activate();
    const statement = (action: string) =>
      `{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Allow", "Action": ["s3:ListBucket", "${action}"], "Resource": "*" }]\n}\n`;
    const document = await open('find.json', statement('|'));
    await type('getobj');
    await accept(document, statement('s3:GetObject'));
  });

  it('writes an ARN segment by segment, in a file of our own language', async () => {
    await activate();
    const statement = (arn: string) =>
      `{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "${arn}" }]\n}\n`;
    const document = await open('queue.iam.json', statement('arn:aws:sqs|'));
    await type(':eu-w1');
    await accept(document, statement('arn:aws:sqs:eu-west-1:'));
  });

  it('writes a whole trust policy into an empty file', async () => {
    await activate();
    const document = await open('new-trust-policy.json', '|');
    await commands.executeCommand('editor.action.triggerSuggest');
    await type('IAM trust');
    await accept(
      document,
      `{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Principal": { "Service": "" },\n      "Action": "sts:AssumeRole"\n    }\n  ]\n}`,
    );
  });
});
