using System.Text;

namespace MemOS.Models.Llama.Native;

/// <summary>Turns text into tokens and back. Lives as long as its model; safe from any thread.</summary>
internal sealed unsafe class LlamaVocabulary
{
    private readonly nint pointer;

    internal LlamaVocabulary(nint pointer)
    {
        this.pointer = pointer;
        Count = VocabularyNative.Count(pointer);
    }

    public int Count { get; }

    /// <summary>The token that begins a text, or null where the model has none.</summary>
    public int? Bos => HasTokens && VocabularyNative.Bos(pointer) is >= 0 and int token ? token : null;

    /// <summary>Whether a text begins with <see cref="Bos"/>.</summary>
    public bool AddsBos => HasTokens && VocabularyNative.AddsBos(pointer);

    internal nint Pointer => pointer;

    private bool HasTokens => VocabularyNative.Type(pointer) != 0;

    public bool Contains(int token) => token >= 0 && token < Count;

    /// <summary>Whether the token says that an answer is over.</summary>
    public bool IsEnd(int token) => Contains(token) && VocabularyNative.IsEnd(pointer, token);

    /// <summary>Cuts text into tokens.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="addSpecial">Whether the tokens that begin and end a text are added as the model wants them.</param>
    /// <param name="parseSpecial">Whether marks such as those of roles become their tokens; false for text from outside.</param>
    public int[] Tokenize(string text, bool addSpecial, bool parseSpecial)
    {
        if (!HasTokens)
        {
            throw new ModelException(ModelErrorCodes.ModelUnusable, "This model has no tokenizer.");
        }

        if (text.Length == 0 && !addSpecial)
        {
            return []; // whatever the model sets in front of texts
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int[] tokens = new int[bytes.Length + 8];
        fixed (byte* start = bytes)
        fixed (int* into = tokens)
        {
            // The library wants a place to read from even where there is nothing.
            byte none = 0;
            byte* source = start is null ? &none : start;
            int count = VocabularyNative.Tokenize(pointer, source, bytes.Length, into, tokens.Length, addSpecial, parseSpecial);
            if (count >= 0)
            {
                return tokens[..count];
            }

            tokens = new int[-count];
            fixed (int* more = tokens)
            {
                return tokens[..VocabularyNative.Tokenize(pointer, source, bytes.Length, more, tokens.Length, addSpecial, parseSpecial)];
            }
        }
    }

    /// <summary>The bytes of a token; a letter may be spread over several.</summary>
    /// <param name="token">One of the vocabulary.</param>
    /// <param name="special">Whether marks are written out; else they are nothing.</param>
    public byte[] Bytes(int token, bool special)
    {
        if (!Contains(token))
        {
            throw new ModelException(ModelErrorCodes.InvalidRequest, $"Token {token} is not one of the {Count} of this model.");
        }

        byte[] buffer = new byte[64];
        int length = Piece(token, buffer, special);
        if (length < 0)
        {
            buffer = new byte[-length];
            length = Piece(token, buffer, special);
        }

        return buffer[..length];
    }

    private int Piece(int token, byte[] buffer, bool special)
    {
        fixed (byte* start = buffer)
        {
            return VocabularyNative.Piece(pointer, token, start, buffer.Length, 0, special);
        }
    }
}
