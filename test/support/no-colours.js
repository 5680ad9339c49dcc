/** Whether there are colours is asked when a module is loaded: what tests compare has none, wherever they run. */
process.env.NO_COLOR = '1';
delete process.env.FORCE_COLOR;
