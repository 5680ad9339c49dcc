/** Ends the output of a run with one line for people and machines: `N passed, N failed`. */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    // A file that cannot even be loaded has no test to count, and is a failure all the same.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    this.line = `${results.numPassedTests} passed, ${failed} failed`;
    process.once('exit', () => {
      console.log(this.line);
    });
  }
}
