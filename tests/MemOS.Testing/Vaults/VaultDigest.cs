using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Vaults;

namespace MemOS.Testing.Vaults;

/// <summary>The answers to all questions about the golden vault, as one text in ASCII.</summary>
public static class VaultDigest
{
    public static string Of(IVaultReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var text = new StringBuilder();
        Write("last", [$"{reader.LastSequence} {reader.LastMessageNumber}"]);
        Write("statistics", [(reader.Statistics() with { Bytes = 0 }).ToString()]);
        Write("current", reader.ReadCurrentWithVectors("a").Select(pair => Description.Of(pair.Cube) + Description.Of(pair.Vector)));
        Write("current b", reader.ReadCurrentWithVectors("b").Select(pair => Description.Of(pair.Vector)));
        Write("versions", Enumerable.Range(1, (int)reader.LastSequence).Select(sequence => Description.Of(reader.FindBySequence(sequence))));
        foreach (BranchName branch in VaultSteps.Branches)
        {
            Write($"branch {branch}", reader.ReadBranch(branch).Select(Description.Of));
            Write($"history {branch}", GoldenSteps.Operations.Cubes.SelectMany(cube => reader.History(cube, branch)).Select(Description.Of));
        }

        Write("found", GoldenSteps.Operations.Cubes.Select(cube => Description.Of(reader.Find(cube))));
        Write("derived", GoldenSteps.Operations.Cubes.SelectMany(reader.FindDerived).Select(pair => pair.ToString()));
        Write("usage", GoldenSteps.Operations.Cubes.Select(cube => reader.Usage(cube).ToString()));
        Write("texts", reader.ReadCurrent().SelectMany(cube => reader.FindByText(TextIdentity.Hash(cube.Descriptive.Speaker, cube.Text ?? ""))).Select(Description.Of));
        Write("facts", reader.FindByFactKey("caroline/residence").Select(Description.Of));
        Write("messages", reader.ReadMessages().Select(Description.Of));
        Write("by id", reader.ReadMessages().Select(message => Description.Of(reader.FindMessage(message.Id, message.Conversation))));
        Write("conversation", reader.ReadConversation(null).Select(Description.Of));
        Write("sources", reader.ReadMessages().SelectMany(message => reader.FindBySource(message.Number)).Select(cube => cube.ToString()));
        Write("audit", reader.ReadAudit(new AuditQuery { Limit = 1000 }).Select(entry => entry.ToString()));
        Write("audit of", GoldenSteps.Operations.Cubes.SelectMany(cube => reader.ReadAudit(new AuditQuery { Cube = cube })).Select(entry => entry.ToString()));
        Write("jobs", reader.ReadDueJobs(100).Concat(reader.ReadDeadJobs(100)).Select(job => job.ToString()));
        Write("branches", reader.ReadBranches().Select(branch => branch.ToString()));
        return text.ToString();

        void Write(string name, IEnumerable<string> lines)
        {
            text.Append("== ").Append(name).Append('\n');
            foreach (string line in lines)
            {
                foreach (char c in Shortened(line))
                {
                    // Half a surrogate pair would not survive a file.
                    text.Append(c is >= ' ' and <= '~' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
                }

                text.Append('\n');
            }
        }
    }

    private static string Shortened(string line) =>
        line.Length <= 1000 ? line : $"{line[..200]} and so on, {line.Length} characters, hash {HashOf(line)}";

    // As the samples have it: of the line in lower case, with single spaces and without closing punctuation.
    private static long HashOf(string line)
    {
        string text = string.Join(' ', line.Trim().TrimEnd(['.', '!', '?', '\u2026']).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
        return BitConverter.ToInt64(SHA256.HashData(Encoding.Unicode.GetBytes('\n' + text)));
    }
}
