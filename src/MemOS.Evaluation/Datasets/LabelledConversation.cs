using System.Collections.Immutable;
using MemOS.Reader;

namespace MemOS.Evaluation.Datasets;

/// <summary>What one memory is measured on: everything that was said, and questions about it. The form that all data sets are read into.</summary>
/// <remarks>It is stored in a vault of its own, whole, before the first question is asked: what must not be known to a question is not in it.</remarks>
/// <param name="Name">Its name, unique within the data set; at most 100 characters.</param>
/// <param name="Messages">
/// What was said, in order. A message's id is unique among all of them; <see cref="Message.Conversation"/> is its session, and null where there is one only.
/// </param>
/// <param name="Questions">The questions.</param>
public sealed record LabelledConversation(string Name, ImmutableArray<Message> Messages, ImmutableArray<LabelledQuestion> Questions)
{
    /// <summary>The session of each message, by the message's id.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> when two messages have the same id.</exception>
    internal Dictionary<string, string> SessionsOfMessages()
    {
        Dictionary<string, string> sessions = new(StringComparer.Ordinal);
        foreach (Message message in Messages)
        {
            if (!sessions.TryAdd(message.Id, message.Conversation ?? ""))
            {
                throw new MemOSException(ErrorCodes.InvalidInput, $"The conversation '{Name}' has two messages with the id '{message.Id}': evidence cannot name them.");
            }
        }

        return sessions;
    }
}
