import { Command, Option } from 'commander'
import { version } from '../../../package.json'
import { fail } from './fail.ts'

/** The command line. Each command is loaded when it is called, so that the controller starts without the others. */
const program = new Command('wallbus')
  .description('Connects any OCPP 1.6J charger to KNX.')
  .version(version)
  .showHelpAfterError('(see wallbus --help)')
  .configureOutput({ outputError: (text, write) => write(`wallbus: ${text}`) })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))

program
  .command('run')
  .description('run the controller')
  .argument('[site]', 'configuration file', 'site.yaml')
  .option('--data <directory>', 'database and certificates', 'data')
  .option('--trace <file>', 'write every event and effect there, for `wallbus replay`')
  .option('--json', 'log as JSON; the default where there is no terminal')
  .option('--verbose', 'log the progress of commands too')
  .action(async (site, options) => (await import('./run.ts')).run(site, options))

program
  .command('demo')
  .description('controller with its panel, simulated charger and virtual KNX bus in one: shows a session; what `wallbus` alone does')
  .option('--port <port>', 'port for chargers', Number, 8016)
  .option('--once', 'end after the session; the default where there is no terminal')
  .action(async (options) => (await import('./demo.ts')).demo(options))

program
  .command('check')
  .description('check a configuration file')
  .argument('<site>', 'configuration file')
  .action(async (site) => (await import('./check.ts')).check(site))

program
  .command('ets')
  .description('export the group addresses for ETS')
  .argument('<site>', 'configuration file')
  .addOption(new Option('--format <format>', 'what ETS shall import').choices(['xml', 'csv']).default('xml'))
  .option('--out <file>', 'write there and not to standard output')
  .action(async (site, options) => (await import('./ets.ts')).ets(site, options))

program
  .command('replay')
  .description('show what a recorded conversation does, event by event')
  .argument('<trace>', 'recording, one JSON object a line')
  .option('--site <site>', 'configuration file; else every charger of the recording is configured')
  .action(async (trace, options) => (await import('./replay.ts')).replay(trace, options))

const simulate = program.command('simulate').description('simulate a charger or a KNX installation')

simulate
  .command('charger')
  .description('a charger that connects and does as it is told')
  .requiredOption('--url <url>', 'where to connect, without the identity: ws://127.0.0.1:8016')
  .requiredOption('--identity <identity>', 'its identity')
  .option('--connectors <count>', 'number of connectors', Number, 1)
  .option('--password <password>', 'HTTP Basic password')
  .option('--ca <file>', 'root certificate for wss')
  .option('--script <script>', 'what to do: "plug; tag 04A1; wait 10s; stop; unplug"')
  .option('--script-file <file>', 'the same from a file')
  .action(async (options) => (await import('./simulate.ts')).simulateCharger(options))

simulate
  .command('knx')
  .description('a KNXnet/IP gateway with a virtual bus to watch and write')
  .argument('[site]', 'configuration file, for names and values of group addresses')
  .option('--port <port>', 'UDP port', Number, 3671)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .action(async (site, options) => (await import('./simulate.ts')).simulateKnx(site, options))

// Whoever reads our output may have seen enough.
process.stdout.on('error', () => process.exit(0))
await program.parseAsync(process.argv.length > 2 ? process.argv : [...process.argv, 'demo']).catch(fail)
