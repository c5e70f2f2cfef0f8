using System.Runtime.InteropServices;
using System.Text;
using MemOS.Models;
using MemOS.Models.Llama;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Protocol;

namespace MemOS.ModelHost;

/// <summary>Does what requests ask, on the worker's thread.</summary>
internal sealed class RequestRunner(HostModel model, Action between)
{
    private readonly StepRunner steps = new(model, between);

    public void Run(HostJob job)
    {
        switch (job.Request)
        {
            case TokenizeRequest request:
                job.Send(new DoneReply(), Tokens(request.Pieces, job));
                break;
            case TextRequest request:
                job.Send(new DoneReply(), Text(MemoryMarshal.Cast<byte, int>(job.Payload), request.Special));
                break;
            case RenderRequest request:
                string template = model.Model.ChatTemplate ?? throw new ModelException(ModelErrorCodes.ModelUnusable, "The model's file does not say how conversations are written; write the prompt yourself.");
                job.Send(new DoneReply(), Encoding.UTF8.GetBytes(ChatTemplate.Render(template, request.Turns, request.AskAnswer)));
                break;
            case RunRequest request:
                steps.Run(request, job);
                break;
            case GenerateRequest request:
                new Generation(model, steps, request, job).Run();
                break;
            case EmbedRequest request:
                job.Send(new DoneReply(), Embed(request.Texts, job));
                break;
            case ObserveRequest request:
                new Observation(model, request, job).Run();
                break;
            case LoadAdapterRequest request:
                model.LoadAdapter(request.Path);
                job.Send(new DoneReply());
                break;
            case TrainPrefixRequest request:
                new PrefixLessons(model, steps, request, job).Run();
                break;
            case FaultRequest request:
                Faults.Break(request.Fault);
                break;
            default:
                throw new ModelException(ModelErrorCodes.InvalidRequest, $"This host does not know {job.Request.GetType().Name}.");
        }
    }

    private byte[] Tokens(IReadOnlyList<TextPiece> pieces, HostJob job)
    {
        List<int> tokens = [];
        foreach (TextPiece piece in pieces)
        {
            if (job.IsDropped)
            {
                throw new OperationCanceledException();
            }

            int[] cut = model.Model.Vocabulary.Tokenize(piece.Text, piece.AddSpecial, piece.ParseSpecial);
            tokens.Add(cut.Length);
            tokens.AddRange(cut);
        }

        return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(tokens)).ToArray();
    }

    private byte[] Text(ReadOnlySpan<int> tokens, bool special)
    {
        using MemoryStream bytes = new();
        foreach (int token in tokens)
        {
            bytes.Write(model.Model.Vocabulary.Bytes(token, special));
        }

        return bytes.ToArray();
    }

    private byte[] Embed(IReadOnlyList<string> texts, HostJob job)
    {
        int width = model.Model.OutputWidth;
        float[] values = new float[texts.Count * width];
        for (int i = 0; i < texts.Count; i++)
        {
            if (job.IsDropped)
            {
                throw new OperationCanceledException();
            }

            int[] tokens = model.Model.Vocabulary.Tokenize(texts[i], addSpecial: true, parseSpecial: false);
            int most = Math.Min(model.Context.Batch, model.Model.TrainedContext);
            if (tokens.Length > most)
            {
                throw new ModelException(ModelErrorCodes.ContextFull, $"Text {i} has {tokens.Length} tokens, and this model embeds at most {most}; embed it in parts.");
            }

            if (tokens.Length > 0)
            {
                model.Context.Embed(tokens, values.AsSpan(i * width, width)); // a text without a token keeps zeros
            }
        }

        return MemoryMarshal.AsBytes<float>(values).ToArray();
    }
}
