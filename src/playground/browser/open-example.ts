import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';

/** Gives what opens an example in a tab of its own, with its variables where it has some. */
export function useOpenExample(): (text: string, variables?: object) => void {
  const actions = useGraphiQLActions();
  const editor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  return (text, variables) => {
    actions.addTab();
    // The editor shows the new tab only after it has been drawn.
    setTimeout(() => {
      editor?.setValue(text);
      if (variables === undefined || Object.keys(variables).length === 0) return;
      variableEditor?.setValue(JSON.stringify(variables, null, 2));
      // GraphiQL lets others show the variables by their button alone.
      document.querySelector<HTMLButtonElement>('.graphiql-editor-tools [data-name="variables"]:not(.active)')?.click();
    });
  };
}
