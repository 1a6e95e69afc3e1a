// Opens the client of a simulation for one command. gRPC is loaded only then: help and refusals come at once.
import type { SimulationClient } from '../app/simulation-client.ts';

export async function withSimulation(
  address: string,
  action: (client: SimulationClient) => Promise<number>,
): Promise<number> {
  const { SimulationClient: Client } = await import('../app/simulation-client.ts');
  const client = new Client(address);
  try {
    return await action(client);
  } finally {
    client.close();
  }
}
