# The methods of the module that TorchScriptModule loads, in the form in which TorchScript serializes code: every operation is
# a call. Names in capitals stand for constants. Layers, DjlOperations and DjlUpdate say what each method is for.
class Operators(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def convolution(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return torch.conv2d(features, weight, bias, [STRIDE, STRIDE], [PADDING, PADDING])

  def transposed_convolution(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return torch.conv_transpose2d(features, weight, bias, [STRIDE, STRIDE], [PADDING, PADDING])

  # Normalization and ReLU of features, whose memory becomes that of the centered ones; nothing of it is recorded. What it makes
  # is written over itself where it can be: memory that is new is read and written many times more slowly.
  def normalize_relu(self: __torch__.Operators,
    recorded: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    features = torch.detach(recorded)
    count = torch.floordiv(torch.numel(features), torch.size(features, 1))
    mean = torch.div(torch.sum(features, [0, 2, 3]), count)
    centered = torch.sub_(features, torch.reshape(mean, [1, -1, 1, 1]))
    result = torch.mul(centered, centered)
    squares = torch.sum(result, [0, 2, 3])
    _0 = torch.add_(torch.mul_(running_mean, KEPT), mean, alpha=MOMENTUM)
    _1 = torch.add_(torch.mul_(running_variance, KEPT), torch.div(squares, torch.sub(count, 1)), alpha=MOMENTUM)
    deviation = torch.sqrt(torch.add(torch.div(squares, count), EPSILON))
    factors = torch.reshape(torch.div(torch.detach(scale), deviation), [1, -1, 1, 1])
    shifts = torch.reshape(torch.detach(shift), [1, -1, 1, 1])
    _2 = torch.addcmul(shifts, centered, factors, out=result)
    return (torch.relu_(result), centered, deviation)

  # With n values per channel, y = scale (x - mean) / deviation + shift and g the derivative by y where the ReLU let it through,
  # the derivative by x is
  #   scale / deviation (g - sum(g) / n - (x - mean) / deviation^2 sum(g (x - mean)) / n).
  # Returned are the derivatives by x, scale and shift.
  def normalize_relu_backward(self: __torch__.Operators,
    gradient: Tensor,
    result: Tensor,
    centered: Tensor,
    deviation: Tensor,
    scale: Tensor) -> List[Tensor]:
    count = torch.floordiv(torch.numel(centered), torch.size(centered, 1))
    passed = torch.threshold_backward(gradient, torch.detach(result), 0)
    total = torch.sum(passed, [0, 2, 3])
    by_features = torch.mul(passed, centered)
    by_scale = torch.div(torch.sum(by_features, [0, 2, 3]), deviation)
    factors = torch.div(torch.detach(scale), deviation)
    slopes = torch.div(torch.mul(by_scale, factors), torch.mul(deviation, torch.neg(count)))
    constants = torch.div(torch.mul(total, factors), torch.neg(count))
    _0 = torch.addcmul(torch.reshape(constants, [1, -1, 1, 1]), centered, torch.reshape(slopes, [1, -1, 1, 1]), out=by_features)
    _1 = torch.addcmul_(by_features, passed, torch.reshape(factors, [1, -1, 1, 1]))
    return [by_features, by_scale, total]

  def folded_convolution_block(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tensor:
    factors = torch.div(scale, torch.sqrt(torch.add(running_variance, EPSILON)))
    weights = torch.mul(weight, torch.reshape(factors, [-1, 1, 1, 1]))
    biases = torch.addcmul(shift, torch.sub(bias, running_mean), factors)
    return torch.relu_(torch.conv2d(features, weights, biases, [STRIDE, STRIDE], [PADDING, PADDING]))

  def folded_transposed_convolution_block(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor,
    scale: Tensor,
    shift: Tensor,
    running_mean: Tensor,
    running_variance: Tensor) -> Tensor:
    factors = torch.div(scale, torch.sqrt(torch.add(running_variance, EPSILON)))
    weights = torch.mul(weight, torch.reshape(factors, [1, -1, 1, 1]))
    biases = torch.addcmul(shift, torch.sub(bias, running_mean), factors)
    return torch.relu_(torch.conv_transpose2d(features, weights, biases, [STRIDE, STRIDE], [PADDING, PADDING]))

  def sub_pixel_convolution(self: __torch__.Operators,
    features: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    biases = torch.repeat_interleave(bias, torch.mul(STRIDE, STRIDE))
    phases = torch.conv2d(features, weight, biases, [1, 1], [1, 1])
    return torch.constant_pad_nd(torch.pixel_shuffle(phases, STRIDE), [-1, -1, -1, -1])

  # Its weight says whether the layer is a product of matrices or a 1x1 convolution.
  def linear(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    if torch.eq(torch.dim(weight), 2):
      result = torch.linear(rows, weight, bias)
    else:
      pixels = torch.permute(torch.reshape(rows, [1, torch.size(rows, 0), 1, -1]), [0, 3, 1, 2])
      convolved = torch.conv2d(pixels, weight, bias)
      result = torch.reshape(torch.permute(convolved, [0, 2, 3, 1]), [torch.size(rows, 0), -1])
    return result

  def linear_relu(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return torch.relu_((self).linear(rows, weight, bias))

  def linear_tanh(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return torch.tanh_((self).linear(rows, weight, bias))

  def linear_elu(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return torch.elu_((self).linear(rows, weight, bias))

  def linear_leaky_relu(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return torch.leaky_relu_((self).linear(rows, weight, bias))

  def linear_softplus(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return torch.softplus((self).linear(rows, weight, bias))

  def linear_sigmoid(self: __torch__.Operators,
    rows: Tensor,
    weight: Tensor,
    bias: Tensor) -> Tensor:
    return torch.sigmoid_((self).linear(rows, weight, bias))

  def linear_pair(self: __torch__.Operators,
    rows: Tensor,
    first_weight: Tensor,
    first_bias: Tensor,
    second_weight: Tensor,
    second_bias: Tensor) -> Tuple[Tensor, Tensor]:
    weight = torch.cat([first_weight, second_weight])
    bias = torch.cat([first_bias, second_bias])
    both = torch.chunk((self).linear(rows, weight, bias), 2, 1)
    return (both[0], both[1])

  def assign(self: __torch__.Operators,
    variable: Tensor,
    values: Tensor) -> int:
    _0 = torch.copy_(variable, values)
    return 0

  def greater(self: __torch__.Operators,
    left: Tensor,
    right: Tensor) -> Tensor:
    return torch.to(torch.gt(left, right), FLOAT32)

  def select(self: __torch__.Operators,
    mask: Tensor,
    chosen: Tensor,
    other: Tensor) -> Tensor:
    return torch.where(torch.ne(mask, 0), chosen, other)

  def expm1(self: __torch__.Operators,
    operand: Tensor) -> Tensor:
    return torch.expm1(operand)

  def log1p(self: __torch__.Operators,
    operand: Tensor) -> Tensor:
    return torch.log1p(operand)

  def max(self: __torch__.Operators,
    operand: Tensor,
    axes: List[int]) -> Tensor:
    return torch.amax(operand, axes)

  def log_sum_exp(self: __torch__.Operators,
    operand: Tensor,
    axis: int) -> Tensor:
    return torch.logsumexp(operand, [axis])

  def gather(self: __torch__.Operators,
    operand: Tensor,
    rows: List[int]) -> Tensor:
    return torch.index_select(operand, 0, torch.tensor(rows))

  # Windows are given as kernel, stride and padding.
  def convolve(self: __torch__.Operators,
    input: Tensor,
    weight: Tensor,
    window: List[int]) -> Tensor:
    return torch.conv2d(input, weight, None, [window[1], window[1]], [window[2], window[2]])

  def convolve_by_input(self: __torch__.Operators,
    gradient: Tensor,
    weight: Tensor,
    window: List[int],
    left_over: List[int]) -> Tensor:
    return torch.conv_transpose2d(gradient, weight, None, [window[1], window[1]], [window[2], window[2]], left_over)

  def convolve_by_weight(self: __torch__.Operators,
    input: Tensor,
    gradient: Tensor,
    window: List[int]) -> Tensor:
    weight = torch.new_zeros(gradient, [torch.size(gradient, 1), torch.size(input, 1), window[0], window[0]])
    _0, by_weight, _1 = torch.convolution_backward(gradient, input, weight, None, [window[1], window[1]],
      [window[2], window[2]], [1, 1], False, [0, 0], 1, [False, True, False])
    return by_weight

  def bernoulli_log_density(self: __torch__.Operators,
    values: Tensor,
    logits: Tensor,
    axes: List[int]) -> Tensor:
    return torch.neg(torch.sum(torch.addcmul(torch.softplus(logits), logits, values, value=-1), axes))

  def standard_gaussian_kl(self: __torch__.Operators,
    mean: Tensor,
    log_variance: Tensor) -> Tensor:
    terms = torch.add(torch.sub(torch.expm1(log_variance), log_variance), torch.square(mean))
    return torch.mul(torch.sum(terms, [1]), 0.5)

  def reparameterize(self: __torch__.Operators,
    mean: Tensor,
    log_variance: Tensor,
    noise: Tensor) -> Tensor:
    deviation = torch.exp(torch.mul(log_variance, 0.5))
    return torch.add(mean, torch.mul(deviation, noise))

  # Normalizations are not recorded, and so cut what is recorded into pieces, of which the last comes first here. Of each
  # normalization there is what goes in and comes out, the centered features and deviations, scale and shift.
  def gradients(self: __torch__.Operators,
    outputs: List[Tensor],
    output_gradients: List[Tensor],
    inputs: List[Tensor],
    normalizations: List[Tensor]) -> List[Tensor]:
    found = annotate(Dict[int, Tensor], {})
    ends = outputs
    derivatives = output_gradients
    cuts = torch.floordiv(torch.len(normalizations), 6)
    for i in range(cuts):
      at = torch.mul(torch.sub(torch.sub(cuts, i), 1), 6)
      result = normalizations[torch.add(at, 1)]
      by = torch.add(inputs, [result])
      _0 = (self).piece(ends, derivatives, by, found)
      scale = normalizations[torch.add(at, 4)]
      derivatives = (self).normalize_relu_backward(found[torch.len(inputs)], result, normalizations[torch.add(at, 2)],
        normalizations[torch.add(at, 3)], scale)
      ends = [normalizations[at], scale, normalizations[torch.add(at, 5)]]
    _1 = (self).piece(ends, derivatives, inputs, found)
    gradients = annotate(List[Tensor], [])
    for j in range(torch.len(inputs)):
      _2 = torch.append(gradients, found[j])
    return gradients

  # The derivatives of a piece by those of the inputs that it has.
  def piece(self: __torch__.Operators,
    ends: List[Tensor],
    derivatives: List[Tensor],
    inputs: List[Tensor],
    found: Dict[int, Tensor]) -> int:
    given = annotate(List[Optional[Tensor]], [])
    for i in range(torch.len(derivatives)):
      _0 = torch.append(given, derivatives[i])
    by_inputs = torch.grad(ends, inputs, given, None, False, True)
    for j in range(torch.len(by_inputs)):
      by_input = by_inputs[j]
      if torch.__isnot__(by_input, None):
        found[j] = unchecked_cast(Tensor, by_input)
      else:
        pass
    return torch.len(found)

  def length(self: __torch__.Operators,
    tensors: List[Tensor]) -> float:
    squares = 0.
    for i in range(torch.len(tensors)):
      length = float(torch.linalg_vector_norm(tensors[i], 2, None, False, dtype=FLOAT64))
      squares = torch.add(squares, torch.mul(length, length))
    return torch.sqrt(squares)

  # numbers: step, learning rate, beta1, beta2, epsilon, weight decay.
  def adam(self: __torch__.Operators,
    numbers: List[float],
    gradients: List[Tensor],
    weights: List[Tensor],
    first_moments: List[Tensor],
    second_moments: List[Tensor]) -> int:
    # The fused update reads memory from one end to the other, whatever the strides.
    contiguous = annotate(List[Tensor], [])
    for i in range(torch.len(gradients)):
      _0 = torch.append(contiguous, torch.contiguous(gradients[i]))
    steps = torch.mul([torch.full([], numbers[0])], torch.len(weights))
    no_maximum = annotate(List[Tensor], [])
    torch._fused_adamw_(weights, contiguous, first_moments, second_moments, no_maximum, steps,
      lr=numbers[1], beta1=numbers[2], beta2=numbers[3], weight_decay=numbers[5], eps=numbers[4],
      amsgrad=False, maximize=False)
    return torch.len(weights)

  # numbers: learning rate, momentum.
  def sgd(self: __torch__.Operators,
    numbers: List[float],
    gradients: List[Tensor],
    weights: List[Tensor],
    velocities: List[Tensor]) -> int:
    torch._foreach_mul_(velocities, numbers[1])
    torch._foreach_add_(velocities, gradients)
    torch._foreach_add_(weights, velocities, alpha=torch.neg(numbers[0]))
    return torch.len(weights)
