using System.Runtime.InteropServices;
using System.Text;

namespace MemOS.Models.Llama.Native;

/// <summary>Writes conversations as a model's template wants them; the library knows the common templates by their marks.</summary>
internal static unsafe class ChatTemplate
{
    /// <summary>Renders a conversation.</summary>
    /// <param name="template">The template of the model's file.</param>
    /// <param name="turns">At least one message.</param>
    /// <param name="askAnswer">Whether the text ends where the assistant's answer begins.</param>
    /// <exception cref="ModelException">The library does not know the template.</exception>
    public static string Render(string template, IReadOnlyList<ChatTurn> turns, bool askAnswer)
    {
        if (turns.Count == 0 || turns.Any(turn => turn.Role.Contains('\0', StringComparison.Ordinal) || turn.Text.Contains('\0', StringComparison.Ordinal)))
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, "A conversation has at least one message, and none holds a zero character.");
        }

        NativeChatMessage* messages = (NativeChatMessage*)NativeMemory.AllocZeroed((nuint)turns.Count, (nuint)sizeof(NativeChatMessage));
        byte* pattern = (byte*)Marshal.StringToCoTaskMemUTF8(template);
        try
        {
            for (int i = 0; i < turns.Count; i++)
            {
                messages[i].Role = (byte*)Marshal.StringToCoTaskMemUTF8(turns[i].Role);
                messages[i].Content = (byte*)Marshal.StringToCoTaskMemUTF8(turns[i].Text);
            }

            byte[] buffer = new byte[1024 + (2 * turns.Sum(turn => Encoding.UTF8.GetByteCount(turn.Text)))];
            int length = Apply(pattern, messages, turns.Count, askAnswer, buffer);
            if (length > buffer.Length)
            {
                buffer = new byte[length];
                length = Apply(pattern, messages, turns.Count, askAnswer, buffer);
            }

            return length >= 0 ? Encoding.UTF8.GetString(buffer, 0, length)
                : throw new ModelException(ModelErrorCodes.ModelUnusable, "The model's template of conversations is not one that the library knows; write the prompt yourself.");
        }
        finally
        {
            for (int i = 0; i < turns.Count; i++)
            {
                Marshal.FreeCoTaskMem((nint)messages[i].Role);
                Marshal.FreeCoTaskMem((nint)messages[i].Content);
            }

            Marshal.FreeCoTaskMem((nint)pattern);
            NativeMemory.Free(messages);
        }
    }

    private static int Apply(byte* template, NativeChatMessage* messages, int count, bool askAnswer, byte[] buffer)
    {
        fixed (byte* start = buffer)
        {
            return ModelNative.ApplyTemplate(template, messages, (nuint)count, askAnswer, start, buffer.Length);
        }
    }
}
