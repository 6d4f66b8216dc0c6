using TiersLieux.Market.Sandbox;

var options = SandboxOptions.FromEnvironment(Environment.GetEnvironmentVariable);
try
{
    SandboxHost.RefuseLiveKey(options.SecretKey);
    SandboxHost.RefuseLiveKey(Environment.GetEnvironmentVariable("STRIPE_SECRET_KEY"));
    SandboxHost.RefuseLiveKey(Environment.GetEnvironmentVariable("STRIPE_API_KEY"));
}
catch (InvalidOperationException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 2;
}

var app = SandboxHost.Build(options);
await app.StartAsync();
Console.WriteLine($"Bac à sable (aucun argent réel) : {string.Join(", ", app.Urls)}");
await app.WaitForShutdownAsync();
return 0;
