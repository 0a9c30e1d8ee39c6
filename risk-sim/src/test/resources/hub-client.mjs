// Connects to both hubs with Microsoft's client and prints what it hears, one JSON object a line.
// Arguments: user hub, market hub, token, account, contract, and "skip" or "negotiate".
import { createRequire } from "node:module";

const [userUrl, marketUrl, token, account, contract, mode] = process.argv.slice(2);
const require = createRequire(process.cwd() + "/");
const signalr = require("@microsoft/signalr");

const print = (line) => process.stdout.write(JSON.stringify(line) + "\n");

function hub(name, url, events) {
  const connection = new signalr.HubConnectionBuilder()
    .withUrl(url, {
      accessTokenFactory: () => token,
      ...(mode === "skip" && {
        skipNegotiation: true,
        transport: signalr.HttpTransportType.WebSockets,
      }),
    })
    .configureLogging(signalr.LogLevel.None)
    .build();
  for (const event of events) {
    connection.on(event, (...args) => {
      print({ hub: name, event, args });
    });
  }
  connection.onclose((error) => print({ hub: name, event: "closed", args: [String(error ?? "")] }));
  return connection;
}

const user = hub("user", userUrl, [
  "GatewayUserAccount",
  "GatewayUserOrder",
  "GatewayUserPosition",
  "GatewayUserTrade",
]);
const market = hub("market", marketUrl, ["GatewayQuote", "GatewayTrade"]);

try {
  await Promise.all([user.start(), market.start()]);
  for (const what of ["Orders", "Positions", "Trades"]) {
    print({ hub: "user", event: "result", args: [await user.invoke("Subscribe" + what, Number(account))] });
  }
  await user.invoke("SubscribeAccounts");
  await market.invoke("SubscribeContractQuotes", contract);
  await market.invoke("SubscribeContractTrades", contract);
  try {
    await user.invoke("SubscribeNonsense");
  } catch (error) {
    print({ hub: "user", event: "refused", args: [error.message] });
  }
  print({ hub: "", event: "ready", args: [] });
} catch (error) {
  print({ hub: "", event: "failed", args: [String(error)] });
  process.exit(1);
}

process.stdin.on("end", async () => {
  await Promise.all([user.stop(), market.stop()]);
  process.exit(0);
});
process.stdin.resume();
