using System.Text;
using System.Text.RegularExpressions;

namespace TiersLieux.Market.Grains.Tests.Mail;

/// <summary>A mail as it lies in the folder, read back far enough to look at: headers, text, attachment.</summary>
internal sealed partial record EmlFile(string Name, string To, string Subject, string Text, byte[]? Attachment)
{
    public static EmlFile[] ReadAll(string folder) => [.. Directory.GetFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(Read)];

    private static EmlFile Read(string path)
    {
        var raw = File.ReadAllText(path).ReplaceLineEndings("\n");
        var split = raw.IndexOf("\n\n", StringComparison.Ordinal);
        var (head, body) = (raw[..split].Replace("\n ", " ", StringComparison.Ordinal), raw[(split + 2)..]);
        var boundary = Boundary.Match(head);
        var parts = boundary.Success ? body.Split("--" + boundary.Groups["id"].Value) : ["", "\n\n" + body, ""];
        return new EmlFile(
            Path.GetFileNameWithoutExtension(path),
            Header(head, "To"),
            DecodeWords(Header(head, "Subject")),
            DecodeQuoted(Content(parts[1])),
            parts.Length > 3 ? Convert.FromBase64String(Content(parts[2])) : null);
    }

    private static string Header(string head, string name) => head.Split('\n').First(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];

    private static string Content(string part) => part[(part.IndexOf("\n\n", 1, StringComparison.Ordinal) + 2)..];

    /// <summary>RFC 2047.</summary>
    private static string DecodeWords(string text) => EncodedWord.Replace(text, m => m.Groups["form"].Value == "B"
        ? Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups["text"].Value))
        : DecodeQuoted(m.Groups["text"].Value.Replace('_', ' ')));

    private static string DecodeQuoted(string text)
    {
        text = text.Replace("=\n", "", StringComparison.Ordinal);
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length) bytes.Add(Convert.ToByte(text.Substring((i += 2) - 1, 2), 16));
            else bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex("boundary=\"?(?<id>[^\"\n;]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Boundary { get; }

    [GeneratedRegex(@"=\?utf-8\?(?<form>[BQ])\?(?<text>[^?]*)\?=(?: +(?==\?))?", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EncodedWord { get; }
}
