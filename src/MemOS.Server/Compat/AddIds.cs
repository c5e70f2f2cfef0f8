using System.Globalization;
using MemOS.Vaults;

namespace MemOS.Server.Compat;

/// <summary>Ids for the messages of an add that brought none: those of the first time where a client sends the same content again because it did not see the answer.</summary>
/// <remarks>
/// An id is made of a hash of the content and the minute; what was stored within five minutes is found in the vault by it. So nothing is kept in memory, and a
/// restart between the two makes no difference.
/// </remarks>
internal static class AddIds
{
    private const int Minutes = 5;

    /// <summary>The beginning of the ids.</summary>
    /// <param name="vault">Where it goes.</param>
    /// <param name="addition">What is added.</param>
    /// <param name="now">The time.</param>
    public static string SeedOf(MemoryVault vault, ProductAddition addition, DateTimeOffset now)
    {
        long minute = now.UtcTicks / TimeSpan.TicksPerMinute;
        int unnamed = Array.FindIndex(addition.Messages, message => message.Id.Length == 0);
        if (unnamed < 0)
        {
            return ""; // each has an id of its own
        }

        string? conversation = addition.Messages[unnamed].Conversation;
        return vault.Read(reader => Enumerable.Range(0, Minutes + 1).Select(ago => Seed(addition.Content, minute - ago))
            .FirstOrDefault(seed => reader.FindMessage(IdOf(seed, unnamed), conversation) is not null)) ?? Seed(addition.Content, minute);
    }

    /// <summary>The id of a message.</summary>
    public static string IdOf(string seed, int place) => string.Create(CultureInfo.InvariantCulture, $"{seed}-{place}");

    private static string Seed(UInt128 content, long minute) => string.Create(CultureInfo.InvariantCulture, $"{content:x32}-{minute:x}");
}
