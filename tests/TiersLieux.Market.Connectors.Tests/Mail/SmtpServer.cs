using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TiersLieux.Market.Connectors.Tests.Mail;

/// <summary>A small real SMTP server (RFC 5321, no extensions) that keeps what it was given.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public SmtpServer()
    {
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What to answer to a command, by its first word; OK otherwise. Null cuts the connection.</summary>
    public Dictionary<string, string?> Answers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public ConcurrentQueue<Received> Messages { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task Accept()
    {
        var sessions = new List<Task>();
        try
        {
            while (true) sessions.Add(Serve(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(sessions);
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var held = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test");
            var recipients = new List<string>();
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                var command = line.Split(' ', ':')[0];
                var answer = Answers.GetValueOrDefault(command, command.ToUpperInvariant() switch
                {
                    "DATA" => "354 go on",
                    "QUIT" => "221 bye",
                    _ => "250 OK",
                });
                if (answer is null) return;
                if (answer.Length == 0) await Task.Delay(Timeout.Infinite, _stop.Token);
                if (line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase)) recipients.Add(line);
                await writer.WriteLineAsync(answer);
                if (answer[0] == '3')
                {
                    var text = new StringBuilder();
                    while (await reader.ReadLineAsync(_stop.Token) is { } part && part != ".") text.Append(part.StartsWith('.') ? part[1..] : part).Append('\n');
                    Messages.Enqueue(new Received([.. recipients], text.ToString()));
                    if (Answers.GetValueOrDefault("END", "250 taken") is not { } end) return;
                    await writer.WriteLineAsync(end);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client left or the test is over.
        }
    }

    internal sealed record Received(IReadOnlyList<string> Recipients, string Text)
    {
        public string Header(string name)
        {
            var lines = Text.Split('\n');
            var at = Array.FindIndex(lines, l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
            var value = new StringBuilder(lines[at][(name.Length + 1)..].Trim());
            for (var i = at + 1; lines[i].StartsWith(' ') || lines[i].StartsWith('\t'); i++) value.Append(lines[i]);
            return value.ToString();
        }
    }
}
